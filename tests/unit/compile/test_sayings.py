"""What an intent says of its destination: read from few values, it is what the intent says."""

from dataclasses import replace

import pytest
from trafficctl_sdk.model.access import Caller, ExternalCaller, ServiceDestination
from trafficctl_sdk.model.common import Addressing
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.traffic_policy import TrafficPolicy

from tests.fakes import wishes
from trafficctl_server.compile.destinations import ServingIntent, destination
from trafficctl_server.compile.sayings import brief, said, saying_of

ACROSS = wishes.intercluster(
    "a",
    "front",
    "cart",
    wishes.caller("back", egress=wishes.dedicated()),
    external_prefix="shop",
    termination=InterclusterIntent.Termination.AT_GATEWAY,
)
INSIDE = wishes.intracluster("b", "front", "cart", mutual_tls=wishes.PERMISSIVE)
OUTSIDE = wishes.inbound("c", "front")
PLAIN: tuple[ServingIntent, ...] = (
    ACROSS,
    INSIDE,
    OUTSIDE,
    replace(ACROSS, name=f"{ACROSS.name}2", destination=None),
    replace(INSIDE, callers=(*INSIDE.callers, wishes.anyone())),
    replace(
        INSIDE,
        destination=ServiceDestination(workload="front", addressing=Addressing.Mode.HEADLESS),
        ports=tuple(replace(it, protocol=wishes.HTTP) for it in INSIDE.ports),
    ),
    replace(
        OUTSIDE,
        callers=(
            Caller(
                external=ExternalCaller(certificate_names=("b.example.com", "a.example.com")),
                access=(wishes.ALLOW_ALL,),
            ),
        ),
    ),
)
WITH_MESSAGES: tuple[ServingIntent, ...] = (
    replace(ACROSS, clusters=wishes.by_names("east")),
    replace(INSIDE, traffic_policy=TrafficPolicy(timeout=1)),
)


@pytest.mark.parametrize("intent", PLAIN)
def test_a_brief_form_says_what_the_intent_says(intent: ServingIntent) -> None:
    saying = saying_of(intent)
    form = brief(saying)
    assert form is not None
    assert said(intent.name, form) == saying
    assert destination([said(intent.name, form)]) == destination([saying])


@pytest.mark.parametrize("intent", WITH_MESSAGES)
def test_messages_have_no_brief_form(intent: ServingIntent) -> None:
    assert brief(saying_of(intent)) is None
