"""What was said last: it is read again as it was, and what lasts is all that the next one needs."""

import pytest
from trafficctl_sdk.codec import from_json, to_json
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.realization import Realization

from trafficctl_server.reconcile.converging import Lasting
from trafficctl_server.reconcile.told import Told, ToldIntent, ToldRealization, is_said

UID = "fc9aedbb-a9a2-5ad2-a0d7-cb878d7ebe00"
SAID = (
    Realization(),
    Realization(
        intent_uid=UID,
        update_time=1_800_000_000_000_000_000,
        last_good_generation=3,
        convergence=Convergence(
            state=Convergence.State.RETRYING,
            stage=Convergence.Stage.DELIVERED,
            reason=Convergence.Reason.SERVER_ERROR,
            last_transition_time=1_700_000_000_000_000_000,
        ),
    ),
)


@pytest.mark.parametrize("said", SAID)
def test_what_lasts_is_the_same_of_the_message_and_of_its_json(said: Realization) -> None:
    written = to_json(said)
    assert Lasting.read(written) == Lasting.of(from_json(Realization, written))


def test_an_intent_is_read_again_as_it_was() -> None:
    told = {it: Told.of(UID, it.encode()) for it in ("intent", "east", "west")}
    for intent in (
        ToldIntent(),
        ToldIntent(
            uid=UID,
            told=told["intent"],
            generation=4,
            realizations={
                it: ToldRealization(told[it], Lasting.of(said))
                for it, said in zip(("east", "west"), SAID, strict=True)
            },
        ),
    ):
        again = ToldIntent.read(intent.packed())
        assert again == intent
        assert is_said(intent.packed(), UID, 4) == (intent.uid == UID)
        assert not is_said(intent.packed(), UID, 5)
        assert all(it.told.uid == UID for it in again.realizations.values())
