"""Random intents of every kind about given workloads."""

from collections.abc import Sequence
from typing import Any, Final

from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import (
    AnyClient,
    Caller,
    EgressPath,
    ExternalCaller,
    JwtProvider,
    NamespaceCaller,
    ServiceAccountCaller,
    WorkloadRef,
)
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.common import ClusterSelector, IntentPort, Protocol
from trafficctl_sdk.model.inbound_intent import ExposedHost, InboundListener
from trafficctl_sdk.model.outbound_intent import ExternalPort
from trafficctl_sdk.model.tls import CertificateSource, MutualTls
from trafficctl_sdk.model.traffic_policy import ClusterOverride
from trafficctl_sdk.model.workload import Workload

from tests.fakes import wishes
from tests.property.dice import Dice
from tests.property.requests import HTTP_FAMILY, PROVIDER, access
from tests.property.sites import NAMESPACES

OUTSIDE: Final = ("api.example.com", "db.example.com")
EXPOSED: Final = ("shop.example.net", "pay.example.net")
_FOREIGN: Final = (
    ExternalPort(protocol=Protocol.Value.HTTP),
    ExternalPort(port=8080, protocol=Protocol.Value.HTTP),
    ExternalPort(protocol=Protocol.Value.HTTPS),
    ExternalPort(port=9443, protocol=Protocol.Value.TLS),
    ExternalPort(port=5432, protocol=Protocol.Value.TCP),
    ExternalPort(port=3306, protocol=Protocol.Value.MYSQL),
)
_CLIENTS: Final = (
    ExternalCaller(source_ranges=("203.0.113.0/24",)),
    ExternalCaller(jwt_provider=PROVIDER.id),
)
_MODES: Final = (
    None,
    None,
    None,
    MutualTls.Mode.STRICT,
    MutualTls.Mode.PERMISSIVE,
    MutualTls.Mode.DISABLED,
)


def intents(
    dice: Dice, clusters: Sequence[Cluster], workloads: Sequence[Workload]
) -> tuple[ConnectivityIntent, ...]:
    """Give one to nine wishes; not all of them will be accepted."""
    makers = (_intra, _intra, _inter, _inter, _inter, _outbound, _outbound, _inbound, _inbound)
    return tuple(
        dice.one(makers)(_Maker(dice, clusters, workloads), f"i{number}")
        for number in range(dice.count(1, 9))
    )


class _Maker:
    """Makes parts of intents that fit together more often than not."""

    def __init__(
        self, dice: Dice, clusters: Sequence[Cluster], workloads: Sequence[Workload]
    ) -> None:
        self.dice = dice
        self.served = dice.one(workloads)
        self._clusters = clusters
        self.project = self.served.name.split("/")[1]
        self._callers = [it for it in workloads if it.name.split("/")[1] == self.project]

    @property
    def of(self) -> str:
        return wishes.group_name(self.dice.one(("main", "main", "more")), self.project)

    def ports(self) -> tuple[IntentPort, ...]:
        """Give ports of the workload; mostly of one family, as rules about requests need."""
        listed = self.served.ports
        if not self.dice.once_in(3):
            first = self.dice.one(listed).protocol in HTTP_FAMILY
            listed = tuple(it for it in listed if (it.protocol in HTTP_FAMILY) is first)
        if self.dice.once_in(20):
            return (IntentPort(port=4444, protocol=Protocol.Value.HTTP),)
        return tuple(IntentPort(port=it.port) for it in self.dice.some(listed, 1, 2))

    def protocols(self, ports: Sequence[IntentPort]) -> list[Protocol.Value | None]:
        known = {it.port: it.protocol for it in self.served.ports}
        return [it.protocol or known.get(it.port) for it in ports]

    def selector(self) -> ClusterSelector:
        names = [it.name.removeprefix("clusters/") for it in self._clusters]
        kind = self.dice.one(("all", "all", "names", "labels"))
        if kind == "names":
            return wishes.by_names(*self.dice.some(names, 1, 2))
        if kind == "labels":
            return wishes.by_labels(tier=self.dice.one(("gold", "lead")))
        return ClusterSelector(all_clusters=ClusterSelector.AllClusters())

    def callers(
        self,
        protocols: Sequence[Protocol.Value | None],
        mode: MutualTls.Mode | None,
        *,
        egress: bool = False,
        tokens: bool = True,
    ) -> tuple[Caller, ...]:
        callers = [
            self._caller(protocols, mode, egress=egress, tokens=tokens)
            for _ in range(self.dice.one((1, 1, 2, 3)))
        ]
        return tuple({repr((it.workload, _who(it))): it for it in callers}.values())

    def _caller(
        self,
        protocols: Sequence[Protocol.Value | None],
        mode: MutualTls.Mode | None,
        *,
        egress: bool,
        tokens: bool,
    ) -> Caller:
        dice = self.dice
        rules = access(dice, protocols, tokens=tokens)
        if mode is MutualTls.Mode.DISABLED or (
            mode is MutualTls.Mode.PERMISSIVE and dice.once_in(2)
        ):
            anyone = AnyClient(identity=AnyClient.Identity.ANYONE, clusters=self.selector())
            return Caller(any_client=anyone, access=rules)
        kind = dice.one(("workload",) * 5 + ("account", "account", "namespace", "mesh", "mesh"))
        if kind == "account":
            return Caller(
                service_account=ServiceAccountCaller(
                    namespace=dice.one((*NAMESPACES, "far")),
                    service_account=dice.one(("w0", "w1", "shared", "guest")),
                    clusters=self.selector(),
                    trust_domain=dice.one(("", "", "", "", "cluster.local", "mesh.example")),
                ),
                access=rules,
            )
        if kind == "namespace":
            named = NamespaceCaller(
                namespace=dice.one((*NAMESPACES, "far")), clusters=self.selector()
            )
            return Caller(namespace=named, access=rules)
        if kind == "mesh":
            mesh = AnyClient(identity=AnyClient.Identity.MESH_IDENTITY, clusters=self.selector())
            return Caller(any_client=mesh, access=rules)
        path: EgressPath | None = None
        if egress:
            path = dice.one((None, None, wishes.dedicated()))
        ref = WorkloadRef(workload=dice.one(self._callers).name.rsplit("/", 1)[1])
        if dice.once_in(30):
            ref = WorkloadRef(workload="nobody")
        return Caller(workload=ref, access=rules, egress=path)

    def treatment(self, modes: Sequence[MutualTls.Mode | None]) -> dict[str, Any]:
        """Give the mutual TLS of an intent, rarely with an exception for a cluster."""
        dice, mode = self.dice, self.dice.one(modes)
        stated = None if mode is None else MutualTls(mode=mode)
        overrides: tuple[ClusterOverride, ...] = ()
        if dice.once_in(8):
            other = dice.one((MutualTls.Mode.STRICT, MutualTls.Mode.PERMISSIVE))
            where = dice.one(self._clusters).name
            overrides = (ClusterOverride(clusters=(where,), mutual_tls=MutualTls(mode=other)),)
        return {"mutual_tls": stated, "overrides": overrides}

    def restricted(self) -> ClusterSelector | None:
        return self.selector() if self.dice.once_in(6) else None


def _who(caller: Caller) -> object:
    return (caller.service_account, caller.namespace, caller.any_client)


def _providers(callers: Sequence[Caller]) -> tuple[JwtProvider, ...]:
    """Give the providers that some of the callers ask for."""
    asked = any(it.external is not None or any(rule.claims for rule in it.access) for it in callers)
    return (PROVIDER,) if asked else ()


def _mode(treatment: dict[str, Any]) -> MutualTls.Mode | None:
    stated = treatment["mutual_tls"]
    return stated.mode if isinstance(stated, MutualTls) else None


def _intra(make: _Maker, name: str) -> ConnectivityIntent:
    ports, treatment = make.ports(), make.treatment(_MODES)
    callers = make.callers(make.protocols(ports), _mode(treatment))
    return wishes.intracluster(
        name,
        make.served.name.rsplit("/", 1)[1],
        *callers,
        of=make.of,
        ports=ports,
        clusters=make.restricted(),
        jwt_providers=_providers(callers),
        **treatment,
    )


def _inter(make: _Maker, name: str) -> ConnectivityIntent:
    ports, treatment = make.ports(), make.treatment(_MODES[:-1])
    callers = make.callers(make.protocols(ports), _mode(treatment), egress=True)
    return wishes.intercluster(
        name,
        make.served.name.rsplit("/", 1)[1],
        *callers,
        of=make.of,
        ports=ports,
        clusters=make.restricted(),
        jwt_providers=_providers(callers),
        external_prefix="front" if make.dice.once_in(10) else "",
        **treatment,
    )


def _outbound(make: _Maker, name: str) -> ConnectivityIntent:
    dice = make.dice
    ports = dice.some(_FOREIGN, 1, 2)
    protocols = [it.protocol for it in ports]
    callers = [
        it
        for it in make.callers(protocols, None, egress=True, tokens=False)
        if it.any_client is None
    ]
    held = [it if it.egress else _unheld(it) for it in callers]
    return wishes.outbound(
        name,
        wishes.host(dice.one(OUTSIDE), *ports),
        *(held or [wishes.caller(make.served.name.rsplit("/", 1)[1])]),
        of=make.of,
    )


def _unheld(caller: Caller) -> Caller:
    """Give a caller as it may be where its own proxy is no boundary."""
    return Caller(
        workload=caller.workload,
        service_account=caller.service_account,
        namespace=caller.namespace,
        access=(wishes.ALLOW_ALL,),
        egress=caller.egress,
    )


def _inbound(make: _Maker, name: str) -> ConnectivityIntent:
    dice = make.dice
    http = [it for it in make.served.ports if it.protocol in HTTP_FAMILY]
    port = dice.one(http or make.served.ports)
    secret = CertificateSource(secret=CertificateSource.Secret(name="cert"))
    tls: dict[str, Any] = {
        "protocol": Protocol.Value.HTTPS if port.protocol in HTTP_FAMILY else Protocol.Value.TLS,
        "plaintext": None,
        "simple": InboundListener.Simple(certificate=secret),
    }
    plain = wishes.listener(80, port.port, protocol=port.protocol)
    ended = wishes.listener(443, port.port, **tls)
    listeners = dice.one(((plain,), (plain,), (ended,), (plain, ended))) if http else (ended,)
    protocols = [port.protocol]
    callers = [
        Caller(external=it, access=access(dice, protocols, tokens=True))
        for it in dice.some(_CLIENTS, 0, 2 if http else 0)
    ]
    if not callers or dice.once_in(2):
        anyone = AnyClient(identity=AnyClient.Identity.ANYONE)
        rules = access(dice, protocols, tokens=bool(http))
        callers.append(Caller(any_client=anyone, access=rules))
    hosts: tuple[ExposedHost, ...] = (ExposedHost(fqdn=dice.one((EXPOSED[0], *EXPOSED))),)
    if dice.once_in(4):
        hosts = (*hosts, ExposedHost(prefix="front"))
    return wishes.inbound(
        name,
        make.served.name.rsplit("/", 1)[1],
        of=make.of,
        exposed_hosts=hosts,
        listeners=listeners,
        callers=tuple(callers),
        jwt_providers=_providers(callers),
        path_prefix=dice.one(("", "", "/a", "/a/b", "/")) if http else "",
        gateway=dice.one(("", "", "", "second")),
        clusters=make.restricted(),
        **make.treatment(_MODES[:-1]),
    )
