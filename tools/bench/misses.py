"""Why a figure is missed and what was tried, by how its name begins; shown only where it is."""

from typing import Final

MISSES: Final[dict[str, str]] = {}
