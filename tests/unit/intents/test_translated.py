import pytest

from trafficctl_server.intents import failures
from trafficctl_server.intents.desk import translated
from trafficctl_server.intents.kinds import INTENTS
from trafficctl_server.store.errors import NotEmpty

GROUP = "projects/shop/resourceBundles/web/versions/v1/trafficIntentGroups/g"


@pytest.mark.parametrize("collection", [kind.collection for kind in INTENTS])
def test_a_group_that_is_not_empty_is_named_itself(collection: str) -> None:
    with pytest.raises(failures.GroupNotEmpty) as refused, translated():
        raise NotEmpty(f"{GROUP}/{collection}/-")
    assert refused.value.subject == GROUP
    assert str(refused.value).startswith(f"{GROUP} has intents")
