"""Calls that lie just inside or just outside of what a world allows."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Final

from trafficctl_sdk.explain import ExplainRequest
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import AccessRule, Caller
from trafficctl_sdk.model.cluster import Gateway
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.model.workload import Workload

from tests.property import inventory
from tests.property.oracle import Oracle
from tests.property.requests import HEADERS, HTTP_FAMILY, TOKENS, boundary_paths
from tests.property.wanted import EXPOSED, OUTSIDE
from tests.property.worlds import Wishes

_METHODS: Final = ("GET", "GET", "POST", "DELETE")
_GHOSTS: Final = ("ghost.shop.global", "ghost.shop.svc.cluster.local", "xapi.example.com")
_OUTER_PORTS: Final = (80, 443, 8080, 5432, 3306, 9443)
_STRANGERS: Final = (
    ("shop", "guest"),
    ("far", "w0"),
    ("far", "guest"),
    ("monitor", "prom"),
    ("monitor", "cron"),
)


def calls(wishes: Wishes, oracle: Oracle, count: int) -> list[ExplainRequest]:
    """Give so many different calls, or fewer in a small world; the same ones for one world."""
    drawing = _Calls(wishes, oracle)
    found: dict[object, ExplainRequest] = {}
    for number in range(3 * count):
        call = drawing.draw()
        # Most calls are refused, so that some of those are passed over.
        if call is not None and (number % 3 == 0 or oracle.says(call).allowed):
            found.setdefault(_key(call), call)
        if len(found) == count:
            break
    return list(found.values())


def _key(call: ExplainRequest) -> object:
    labels = tuple(sorted(call.pod_labels.items()))
    who = (call.cluster, call.namespace, call.service_account, labels, call.in_mesh)
    shown = (tuple(call.headers.items()), call.claims, call.source_address)
    return (*who, *shown, call.entrance, call.host, call.port, call.method, call.path)


class _Calls:
    """Draws calls: half of them about an intent, with one thing or nothing wrong."""

    def __init__(self, wishes: Wishes, oracle: Oracle) -> None:
        self._random = Random(0)  # noqa: S311 - a choice of examples
        self._oracle = oracle
        self._intents = wishes.intents
        self._workloads = [it for it in wishes.workloads if it.placements]
        meshed = [it for it in wishes.clusters if it.service_mesh == "istio"]
        self._clusters = [inventory.last(it.name) for it in meshed]
        self._entrances = [
            f"{inventory.last(it.name)}/{gateway.id}"
            for it in meshed
            for gateway in it.gateways
            if gateway.role is Gateway.Role.INGRESS
        ]
        self._rules: dict[str, list[AccessRule]] = {}
        for it in wishes.intents:
            about = self._rules.setdefault(_about(it), [])
            about += [rule for caller in it.callers for rule in caller.access]

    def draw(self) -> ExplainRequest | None:
        random = self._random
        if not self._clusters:
            return None
        intent = random.choice(self._intents) if self._intents else None
        if intent is None or random.random() < 0.3:
            return self._anything()
        caller = random.choice(intent.callers)
        call = self._from(caller)
        if isinstance(intent, OutboundIntent):
            host = random.choice(intent.hosts)
            port = random.choice(host.ports)
            number = port.port or (80 if port.protocol is Protocol.Value.HTTP else 443)
            call = replace(call, host=host.host, port=number, in_mesh=True)
            http, rules = port.protocol in HTTP_FAMILY, list(caller.access)
            return self._request(self._twisted(call), rules, http=http)
        workload = self._served(intent)
        if workload is None:
            return self._anything()
        if isinstance(intent, InboundIntent):
            return self._entering(intent)
        call = replace(
            call,
            host=self._name(workload, call),
            port=random.choice(intent.ports).port,
        )
        return self._to(self._twisted(call), workload)

    def _anything(self) -> ExplainRequest | None:
        random = self._random
        if self._entrances and random.random() < 0.15:
            return self._entering(None)
        call = self._somebody()
        if self._workloads and random.random() < 0.7:
            workload = random.choice(self._workloads)
            ports = [it.port for it in workload.ports]
            call = replace(call, host=self._name(workload, call), port=random.choice(ports))
            return self._to(self._twisted(call), workload)
        host = random.choice((*OUTSIDE, *OUTSIDE, *EXPOSED, *_GHOSTS))
        call = replace(call, host=host, port=random.choice(_OUTER_PORTS), in_mesh=True)
        return self._request(call, self._rules.get(host, []), http=call.port in (80, 8080))

    # Who calls.

    def _somebody(self) -> ExplainRequest:
        random = self._random
        if not self._workloads or random.random() < 0.2:
            namespace, account = random.choice(_STRANGERS)
            return self._pod(random.choice(self._clusters), namespace, account)
        return self._pod_of(random.choice(self._workloads))

    def _from(self, caller: Caller) -> ExplainRequest:
        """Give somebody whom a caller means, as far as that is easily told."""
        random = self._random
        cluster = random.choice(self._clusters)
        if caller.service_account is not None:
            named = caller.service_account
            return self._pod(cluster, named.namespace, named.service_account)
        if caller.namespace is not None:
            account = random.choice(("w0", "guest", "shared"))
            return self._pod(cluster, caller.namespace.namespace, account)
        if caller.workload is not None:
            name = f"/workloads/{caller.workload.workload}"
            meant = [it for it in self._workloads if it.name.endswith(name)]
            if meant:
                return self._pod_of(meant[0])
        return self._somebody()

    def _pod_of(self, workload: Workload) -> ExplainRequest:
        cluster = self._random.choice(inventory.placed(workload))
        if cluster not in self._clusters:
            cluster = self._clusters[0]
            return self._pod(cluster, workload.namespace, workload.service_account or "default")
        return replace(
            self._pod(cluster, workload.namespace, inventory.account(workload, cluster)),
            pod_labels=inventory.labels(workload, cluster),
        )

    def _pod(self, cluster: str, namespace: str, account: str) -> ExplainRequest:
        return ExplainRequest(
            cluster=cluster,
            namespace=namespace,
            service_account=account,
            in_mesh=self._random.random() < 0.85,
            host="",
            port=0,
        )

    def _twisted(self, call: ExplainRequest) -> ExplainRequest:
        """Change one thing about a call now and then."""
        random = self._random
        match random.randrange(12):
            case 0:
                return replace(call, cluster=random.choice(self._clusters))
            case 1:
                return replace(call, service_account=random.choice(("w0", "w1", "guest")))
            case 2:
                return replace(call, namespace=random.choice(("shop", "pay", "far")))
            case 3:
                return replace(call, port=random.choice((call.port + 1, 8080, 15443, 9090)))
            case 4:
                return replace(call, pod_labels={})
            case _:
                return call

    # Whom, and how.

    def _served(self, intent: ConnectivityIntent) -> Workload | None:
        return next((it for it in self._workloads if _about(intent) == it.name), None)

    def _name(self, workload: Workload, call: ExplainRequest) -> str:
        if self._random.random() < 0.5:
            return self._oracle.global_name(workload, call.cluster)
        return self._random.choice(sorted(inventory.local_names(workload, call.namespace)))

    def _to(self, call: ExplainRequest, workload: Workload) -> ExplainRequest:
        protocol = next((it.protocol for it in workload.ports if it.port == call.port), None)
        rules = self._rules.get(workload.name, [])
        return self._request(call, rules, http=protocol in HTTP_FAMILY)

    def _request(
        self, call: ExplainRequest, rules: Sequence[AccessRule], *, http: bool
    ) -> ExplainRequest:
        if not http:
            return call
        paths = ("/metrics", *boundary_paths(rules))
        method = self._random.choice(_METHODS)
        call = replace(call, method=method, path=self._random.choice(paths))
        return self._decorated(call)

    def _decorated(self, call: ExplainRequest) -> ExplainRequest:
        """Add a header or a token now and then."""
        if self._random.random() < 0.6:
            return call
        random = self._random
        return replace(call, headers=random.choice(HEADERS), claims=random.choice(TOKENS))

    def _entering(self, intent: InboundIntent | None) -> ExplainRequest | None:
        random = self._random
        if not self._entrances:
            return None
        entrance = random.choice(self._entrances)
        hosts = [*EXPOSED, f"front.{entrance.partition('/')[0]}.example.org", "ghost.example.net"]
        paths: list[str] = ["/", "/a", "/ab", "/a/b", "/a/b/c", "/a/bc"]
        port = random.choice((80, 443))
        http = True
        if intent is not None:
            known = [it.fqdn for it in intent.exposed_hosts if it.fqdn]
            hosts = [*known, *known, *hosts]
            listener = random.choice(intent.listeners)
            port, http = listener.port, listener.protocol is not Protocol.Value.TLS
            paths += boundary_paths(self._rules.get(_about(intent), []))
        call = ExplainRequest(
            cluster="",
            namespace="",
            service_account="",
            in_mesh=False,
            host=random.choice(hosts),
            port=port,
            entrance=entrance,
            source_address=random.choice(("", "203.0.113.7", "203.0.114.7")),
        )
        if not http:
            return call
        call = replace(call, method=random.choice(_METHODS), path=random.choice(paths))
        return self._decorated(call)


def _about(intent: ConnectivityIntent) -> str:
    """Give the name of the workload that an intent serves, or of the host outside."""
    if isinstance(intent, OutboundIntent):
        return intent.hosts[0].host
    assert intent.destination is not None
    bundle = intent.name.split("/trafficIntentGroups/", maxsplit=1)[0]
    return f"{bundle}/workloads/{intent.destination.workload}"
