"""Controllers as the engine's tests have them."""

from tests.integration.engine.conftest import disk, drivers, it, watchful

__all__ = ["disk", "drivers", "it", "watchful"]
