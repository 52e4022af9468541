"""The rendered policies admit exactly what the grants say, judged by the evaluator."""

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st
from trafficctl_istio import evaluation
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.explain import (
    Claim,
    ExplainRequest,
    Inventory,
    InventoryCluster,
    InventoryPods,
    InventoryService,
    PlacedObject,
    ServicePort,
    VerdictKind,
)
from trafficctl_sdk.model.access import (
    AccessRule,
    ClaimMatch,
    GrpcOperation,
    HeaderMatch,
    HttpOperation,
    JwtProvider,
    PathMatch,
)
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.slices import (
    Grant,
    MeshFacts,
    Scope,
    ScopeKind,
    TrafficSlice,
    WorkloadSlice,
)

HTTP, TCP = Protocol.Value.HTTP, Protocol.Value.TCP
PORTS = {8080: HTTP, 8081: HTTP, 9090: TCP, 9091: TCP}
CALLERS = ("td/ns/a/sa/x", "td/ns/a/sa/y", "td/ns/b/sa/x", "")
METHODS = ("GET", "POST", "DELETE")
PATHS = ("/", "/a", "/ab", "/a/b", "/a/b/c", "/c/b", "/p.S/M")
HEADERS = (None, "en", "en-GB", "GB")
PROVIDERS = (
    JwtProvider(id="one", issuer="https://id", audiences=("s",), jwks="{}"),
    JwtProvider(id="two", issuer="https://id/sub", audiences=("s",), jwks="{}"),
)
TOKENS = (None, *((one.issuer, level) for one in PROVIDERS for level in ("1", "2")))
MESH = MeshFacts(
    mesh_id="m",
    trust_domain="td",
    root_namespace="istio-system",
    cluster_domain="cluster.local",
    suffix="global",
    version="",
    revision="",
)
INVENTORY = Inventory(
    clusters=(InventoryCluster(id="c", mesh=MESH),),
    services=(
        InventoryService(
            cluster="c",
            namespace="a",
            name="s",
            selector={"app": "s"},
            ports=tuple(ServicePort(port=it, target=it, protocol=PORTS[it]) for it in PORTS),
        ),
    ),
    pods=(InventoryPods(cluster="c", namespace="a", labels={"app": "s"}, service_account="s"),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call; the principal is empty for plaintext.

    :ivar header: value of ``x-a``; none: it is not sent.
    :ivar token: issuer and claim ``level`` of a valid token.
    """

    principal: str
    port: int
    method: str
    path: str
    header: str | None
    token: tuple[str, str] | None


paths = st.one_of(
    st.builds(PathMatch, exact=st.sampled_from(PATHS)),
    st.builds(PathMatch, prefix=st.sampled_from(("/", "/a", "/a/", "/a/b"))),
    st.builds(PathMatch, suffix=st.sampled_from(("/b", "/c"))),
)
operations = st.one_of(
    st.builds(
        AccessRule,
        http=st.builds(
            HttpOperation,
            methods=st.one_of(
                st.just(("*",)),
                st.lists(st.sampled_from(METHODS), min_size=1, unique=True).map(tuple),
            ),
            paths=st.lists(paths, min_size=1, max_size=3).map(tuple),
        ),
    ),
    st.just(AccessRule(grpc=GrpcOperation(methods=("p.S/M",)))),
    st.just(AccessRule(grpc=GrpcOperation(methods=("p.S/*",)))),
)
everything = st.just(AccessRule(all_requests=AccessRule.AllRequests()))


header_matches = st.one_of(
    st.just(()),
    st.one_of(
        st.builds(HeaderMatch, name=st.just("X-A"), exact=st.sampled_from(HEADERS[1:])),
        st.just(HeaderMatch(name="x-a", prefix="en")),
        st.just(HeaderMatch(name="x-a", suffix="GB")),
        st.just(HeaderMatch(name="x-a", present=HeaderMatch.Present())),
        st.just(HeaderMatch(name="x-a", absent=HeaderMatch.Absent())),
    ).map(lambda one: (one,)),
)
claim_matches = st.one_of(
    st.just(()),
    st.builds(
        ClaimMatch,
        jwt_provider=st.sampled_from(("one", "two")),
        path=st.just(("level",)),
        values=st.sampled_from((("1",), ("1", "2"))),
    ).map(lambda one: (one,)),
)


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    """Give a grant that the server would accept."""
    port = draw(st.sampled_from(sorted(PORTS)))
    rule = draw(everything if PORTS[port] is TCP else st.one_of(everything, operations))
    if PORTS[port] is not TCP:
        rule = replace(rule, headers=draw(header_matches), claims=draw(claim_matches))
    action = draw(st.sampled_from(AccessRule.Action))
    principals = draw(
        st.one_of(st.just(("*",)), st.lists(st.sampled_from(CALLERS[:3]), unique=True).map(tuple))
    )
    if not principals and draw(st.booleans()):
        principals = ("td/ns/a/sa/*",)
    return Grant(
        port=port,
        protocol=PORTS[port],
        access=(replace(rule, action=action),),
        principals=principals,
    )


calls = st.builds(
    Call,
    principal=st.sampled_from(CALLERS),
    port=st.sampled_from(sorted(PORTS)),
    method=st.sampled_from(METHODS),
    path=st.sampled_from(PATHS),
    header=st.sampled_from(HEADERS),
    token=st.sampled_from(TOKENS),
)


@settings(max_examples=100, deadline=None)
@given(granted=st.lists(grants(), max_size=6), asked=st.lists(calls, min_size=1, max_size=20))
def test_policies_admit_what_is_granted_and_nothing_else(
    granted: list[Grant], asked: list[Call]
) -> None:
    rendering = trafficctl_render_slice(slice_of(granted))
    deny_all = {
        "apiVersion": "security.istio.io/v1",
        "kind": "AuthorizationPolicy",
        "metadata": {"namespace": "a", "name": "deny-all"},
        "spec": {},
    }
    deciding = [
        it.body
        for it in rendering.manifests
        if it.body["kind"] in {"AuthorizationPolicy", "RequestAuthentication"}
    ]
    mesh = evaluation.index(
        [PlacedObject(cluster="c", body=it) for it in (*deciding, deny_all)], INVENTORY
    )
    for call in asked:
        found = evaluation.explain(mesh, request(call)).kind is VerdictKind.ALLOWED
        assert found == wanted(granted, call), call


def request(call: Call) -> ExplainRequest:
    """Ask for a call; whoever has no principal has no proxy."""
    tcp = PORTS[call.port] is TCP
    _, _, namespace, _, account = call.principal.split("/") if call.principal else [""] * 5
    return ExplainRequest(
        cluster="c",
        namespace=namespace or "a",
        service_account=account,
        in_mesh=bool(call.principal),
        host="s.a",
        port=call.port,
        method="" if tcp else call.method,
        path="" if tcp else call.path,
        headers={} if tcp or call.header is None else {"x-a": call.header},
        claims=() if tcp or call.token is None else claims(*call.token),
    )


def claims(issuer: str, level: str) -> tuple[Claim, ...]:
    return (Claim(issuer=issuer, path=("level",), values=(level,)),)


def slice_of(granted: list[Grant]) -> TrafficSlice:
    body = WorkloadSlice(
        namespace="a",
        service="s",
        pod_labels={"app": "s"},
        grants=tuple(granted),
        mutual_tls=(),
        jwt_providers=PROVIDERS,
    )
    scope = Scope(kind=ScopeKind.WORKLOAD, key="a/s")
    return TrafficSlice(scope=scope, cluster="c", mesh=MESH, workload=body)


def wanted(granted: list[Grant], call: Call) -> bool:
    """Judge by the grants: any DENY refuses, else any ALLOW admits, else nothing does."""
    matching = {
        rule.action
        for grant in granted
        for rule in grant.access
        if grant.port == call.port and by_whom(grant, call) and what(rule, call)
    }
    return AccessRule.Action.DENY not in matching and AccessRule.Action.ALLOW in matching


def by_whom(grant: Grant, call: Call) -> bool:
    if not grant.principals:
        return True
    return bool(call.principal) and (
        "*" in grant.principals
        or call.principal in grant.principals
        or f"{call.principal.rpartition('/')[0]}/*" in grant.principals
    )


def what(rule: AccessRule, call: Call) -> bool:
    if not all(header_fits(one, call.header) for one in rule.headers):
        return False
    if not all(claim_fits(one, call.token) for one in rule.claims):
        return False
    if rule.http:
        return (rule.http.methods == ("*",) or call.method in rule.http.methods) and any(
            path_fits(path, call.path) for path in rule.http.paths
        )
    if rule.grpc:
        return call.method == "POST" and any(
            call.path == f"/{method}"
            or (method.endswith("/*") and call.path.startswith(f"/{method[:-1]}"))
            for method in rule.grpc.methods
        )
    return True


def path_fits(match: PathMatch, path: str) -> bool:
    if match.prefix is not None:
        segments = [one for one in match.prefix.split("/") if one]
        return [one for one in path.split("/") if one][: len(segments)] == segments
    return path == match.exact or (match.suffix is not None and path.endswith(match.suffix))


def header_fits(match: HeaderMatch, value: str | None) -> bool:
    if value is None or match.absent is not None:
        return value is None and match.absent is not None
    if match.prefix is not None:
        return value.startswith(match.prefix)
    if match.suffix is not None:
        return value.endswith(match.suffix)
    return match.present is not None or value == match.exact


def claim_fits(match: ClaimMatch, token: tuple[str, str] | None) -> bool:
    issuer = next(one.issuer for one in PROVIDERS if one.id == match.jwt_provider)
    return token is not None and token[0] == issuer and token[1] in match.values
