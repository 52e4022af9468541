"""What a dedicated gateway is told of hosts outside: no more than the intents say, and no less."""

from collections.abc import Iterator

from trafficctl_sdk.model.access import AccessRule, HttpOperation, PathMatch
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.outbound_intent import ExternalHost, OutboundIntent
from trafficctl_sdk.slices import GatewayExternal, Role, Scope, ScopeKind

from tests.fakes import wishes
from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.compile.resolve import resolve
from trafficctl_server.compile.world import World

HOST = "api.example.com"
GATEWAY = Scope(
    kind=ScopeKind.GATEWAY, key="projects/p1/resourceBundles/shop/workloads/front/shop/front"
)
OUTSIDE = Scope(kind=ScopeKind.EXTERNAL, key=f"shop/{HOST}")
Speaks = Protocol.Value
SECRETS = HttpOperation(methods=("*",), paths=(PathMatch(prefix="/secret"),))
GET = AccessRule(
    action=AccessRule.Action.ALLOW,
    http=HttpOperation(methods=("GET",), paths=(PathMatch(prefix="/"),)),
)
NO_SECRETS = AccessRule(action=AccessRule.Action.DENY, http=SECRETS)


def to(
    name: str, *rules: AccessRule, port: int = 80, speaks: Speaks = Speaks.HTTP
) -> OutboundIntent:
    host: ExternalHost = wishes.host(HOST, wishes.outer(port, speaks))
    return wishes.outbound(name, host, wishes.caller("front", *rules, egress=wishes.dedicated()))


def told(*intents: OutboundIntent) -> World:
    world = World()
    world.put_cluster(wishes.cluster("east"))
    world.put_workload(wishes.workload("front", "east"))
    for it in intents:
        world.put_intent(it)
    return world


def externals(world: World) -> Iterator[GatewayExternal]:
    for slice_ in compile_scope(GATEWAY, world).slices:
        assert slice_.gateway
        yield from slice_.gateway.externals


def test_what_one_intent_allows_on_a_port_opens_no_other_port() -> None:
    world = told(to("a", GET), to("b", port=443, speaks=Speaks.TLS))
    found = {tuple(port.port for port in it.ports): it.access for it in externals(world)}
    assert found == {(80,): (GET,), (443,): (wishes.ALLOW_ALL,)}


def test_what_an_intent_denies_holds_for_what_another_allows() -> None:
    world = told(to("a"), to("b", NO_SECRETS), to("c", NO_SECRETS, port=81))
    (only,) = externals(world)
    assert [port.port for port in only.ports] == [80]
    assert set(only.access) == {wishes.ALLOW_ALL, NO_SECRETS}


def test_where_nobody_may_call_there_is_no_way_out() -> None:
    world = told(to("b", NO_SECRETS))
    assert compile_scope(GATEWAY, world).slices == ()
    assert compile_scope(OUTSIDE, world).slices == ()
    assert resolve(world.intents[to("b").name], world).roles == {"east": (Role.EGRESS,)}
