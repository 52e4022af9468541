"""What an answer about reachability is based on, as people say it."""

from typing import Final

from trafficctl.v2.reachability_pb2 import Basis

from trafficctl_cli.server.catalog import TYPES
from trafficctl_cli.server.names import one_name

_STATES: Final = ("desired", "delivered", "observed")


def basis_of(word: str, place: str) -> Basis:
    """Read ``--basis``.

    :raises CommandError: it is neither a state of things nor a plan's name.
    """
    if word in _STATES:
        return Basis(value=word.upper())
    return Basis(value="PLAN", plan=one_name(word, place, [TYPES["Plan"]]))
