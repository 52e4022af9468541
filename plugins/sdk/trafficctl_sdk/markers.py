"""The pluggy markers and the version of the hook interface.

A driver is compatible when its major version equals the host's and its minor version is not
newer: a minor step adds hooks or optional arguments, a major one changes a meaning.
"""

from typing import Final

import pluggy

PROJECT: Final = "trafficctl"
ENTRY_POINT_GROUP: Final = "trafficctl.drivers"
HOOK_API: Final = (1, 1)

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
