"""What random worlds have found, kept as the small worlds that they came down to."""

from dataclasses import replace

from trafficctl_istio import evaluation
from trafficctl_sdk.explain import ExplainRequest, VerdictKind
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import (
    AnyClient,
    Caller,
    HttpOperation,
    NamespaceCaller,
    PathMatch,
    ServiceAccountCaller,
)
from trafficctl_sdk.model.cluster import Cluster, MeshFacts
from trafficctl_sdk.model.common import ClusterSelector, Protocol
from trafficctl_sdk.model.workload import Workload, WorkloadPort

from tests.fakes import wishes
from tests.property.worlds import Stage, Wishes, accept

EVERYWHERE = ClusterSelector(all_clusters=ClusterSelector.AllClusters())
EVERYBODY = Caller(
    any_client=AnyClient(identity=AnyClient.Identity.ANYONE, clusters=EVERYWHERE),
    access=(wishes.ALLOW_ALL,),
)
TWO_PORTS = (
    WorkloadPort(port=80, protocol=Protocol.Value.HTTP, target_number=8080),
    WorkloadPort(port=9000, protocol=Protocol.Value.TCP, target_number=9090),
)
FRONT = ExplainRequest(
    cluster="east",
    namespace="shop",
    service_account="front",
    pod_labels={"app": "front"},
    in_mesh=True,
    host="back.shop.global",
    port=80,
    method="GET",
    path="/",
)


def world(
    *intents: ConnectivityIntent,
    clusters: tuple[Cluster, ...] = (wishes.cluster("east"),),
    workloads: tuple[Workload, ...] = (),
) -> Stage:
    """Give a world in which everything is accepted: ``front`` and ``back`` in the east, or more."""
    known = workloads or (
        wishes.workload("front", "east"),
        wishes.workload("back", "east", ports=TWO_PORTS),
    )
    stage = accept(Wishes(clusters=clusters, workloads=known, intents=intents))
    assert not stage.refused
    return stage


def verdict(stage: Stage, call: ExplainRequest) -> VerdictKind:
    return evaluation.explain(evaluation.index(stage.objects, stage.inventory), call).kind


def test_an_egress_gateway_passes_on_every_port_that_its_caller_may_call() -> None:
    everybody = NamespaceCaller(namespace="shop", clusters=EVERYWHERE)
    stage = world(
        wishes.intercluster("a", "back", wishes.caller("front", egress=wishes.dedicated())),
        wishes.intercluster(
            "b",
            "back",
            Caller(namespace=everybody, access=(wishes.ALLOW_ALL,)),
            ports=(wishes.port(9000),),
        ),
    )
    bytes_ = replace(FRONT, port=9000, method="", path="")
    assert verdict(stage, FRONT) is VerdictKind.ALLOWED
    assert verdict(stage, bytes_) is VerdictKind.ALLOWED


def test_a_name_leads_to_no_cluster_where_the_port_waits() -> None:
    left = wishes.cluster("west", governed_namespaces=(wishes.governed(deny=False),))
    stage = world(
        wishes.intercluster("a", "back", EVERYBODY, mutual_tls=wishes.PERMISSIVE),
        wishes.intercluster("b", "back", "front", ports=(wishes.port(9000),)),
        clusters=(wishes.cluster("east"), left),
        workloads=(
            wishes.workload("front", "east", "west"),
            wishes.workload("back", "east", "west", ports=TWO_PORTS),
        ),
    )
    bytes_ = replace(FRONT, cluster="west", port=9000, method="", path="")
    mesh = evaluation.index(stage.objects, stage.inventory)
    landings = evaluation.explain(mesh, bytes_).landings
    assert {it.cluster for it in landings} == {"east"}


def test_what_waits_where_nobody_governs_closes_no_port() -> None:
    stage = world(
        wishes.intercluster("a", "back", EVERYBODY, mutual_tls=wishes.PERMISSIVE),
        wishes.intercluster("b", "back", "front", ports=(wishes.port(9000),)),
        clusters=(wishes.cluster("east", governed_namespaces=(wishes.governed(deny=False),)),),
    )
    plain = replace(FRONT, in_mesh=False, host="back.shop", port=9000, method="", path="")
    assert verdict(stage, plain) is VerdictKind.ALLOWED


def test_a_port_outside_is_open_only_where_somebody_may_call_it() -> None:
    far = NamespaceCaller(namespace="shop", clusters=wishes.by_names("west"))
    stage = world(
        wishes.outbound("a", "api.example.com", "front"),
        wishes.outbound(
            "b",
            wishes.host("api.example.com", wishes.outer(8080, Protocol.Value.HTTP)),
            Caller(namespace=far, access=(wishes.ALLOW_ALL,)),
        ),
        clusters=(wishes.cluster("east"), wishes.cluster("west")),
    )
    outside = replace(FRONT, host="api.example.com")
    assert verdict(stage, outside) is VerdictKind.ALLOWED
    assert verdict(stage, replace(outside, port=8080)) is VerdictKind.UNREACHABLE
    assert verdict(stage, replace(outside, port=8080, cluster="west")) is VerdictKind.ALLOWED


def test_an_open_port_closes_no_other_port_where_nobody_governs() -> None:
    stage = world(
        wishes.intracluster("a", "back", wishes.anyone(), mutual_tls=wishes.PERMISSIVE),
        clusters=(wishes.cluster("east", governed_namespaces=(wishes.governed(deny=False),)),),
    )
    plain = replace(FRONT, in_mesh=False, host="back.shop", port=9000, method="", path="")
    assert verdict(stage, plain) is VerdictKind.ALLOWED


def test_an_account_of_cluster_local_is_nobody_in_another_trust_domain() -> None:
    guest = ServiceAccountCaller(
        namespace="shop",
        service_account="front",
        clusters=EVERYWHERE,
        trust_domain="cluster.local",
    )
    stage = world(
        wishes.intracluster("a", "back", Caller(service_account=guest, access=(wishes.ALLOW_ALL,))),
        clusters=(wishes.cluster("east", mesh=MeshFacts(trust_domain="corp.example")),),
    )
    assert verdict(stage, replace(FRONT, host="back.shop")) is VerdictKind.DENIED


def test_who_comes_in_from_outside_has_no_identity_of_the_mesh() -> None:
    meshed = AnyClient(identity=AnyClient.Identity.MESH_IDENTITY, clusters=EVERYWHERE)
    public = replace(
        wishes.ALLOW_ALL,
        all_requests=None,
        http=HttpOperation(methods=("*",), paths=(PathMatch(prefix="/public"),)),
    )
    stage = world(
        wishes.intracluster("a", "back", Caller(any_client=meshed, access=(wishes.ALLOW_ALL,))),
        wishes.inbound("b", "back", callers=(replace(wishes.anyone(), access=(public,)),)),
    )
    outside = ExplainRequest(
        cluster="",
        namespace="",
        service_account="",
        in_mesh=False,
        host="shop.example.com",
        port=80,
        method="GET",
        path="/public/a",
        entrance="east/ingress",
    )
    assert verdict(stage, outside) is VerdictKind.ALLOWED
    assert verdict(stage, replace(outside, path="/admin")) is VerdictKind.DENIED
    assert verdict(stage, replace(FRONT, host="back.shop", path="/admin")) is VerdictKind.ALLOWED


def test_nobody_comes_over_clusters_to_a_port_without_mutual_tls() -> None:
    plain = wishes.intracluster("a", "back", wishes.anyone(), mutual_tls=wishes.DISABLED)
    afar = wishes.intercluster("b", "back", EVERYBODY)
    for order in ((plain, afar), (afar, plain)):
        stage = accept(
            Wishes(
                clusters=(wishes.cluster("east"),),
                workloads=(wishes.workload("front", "east"), wishes.workload("back", "east")),
                intents=order,
            )
        )
        assert len(stage.refused) == 1
        assert stage.refused[0].startswith("IdentityNeedsMutualTls")
