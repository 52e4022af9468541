"""What was made of a value lately, so that it is not made again of the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final

_LIMIT: Final = 4096


class Memo:
    """Keeps one result for each key, for as long as it is asked of the very same value."""

    def __init__(self) -> None:
        self._made: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._made

    def of(self, key: Hashable, value: Any, make: Callable[[Any], Any]) -> Any:
        """Give what ``make`` gives of a value that nobody changes; the result is not changed."""
        made = self._made.get(key)
        if made is not None and made[0] is value:
            self._made.move_to_end(key)
            return made[1]
        result = make(value)
        self._made[key] = (value, result)
        if len(self._made) > _LIMIT:
            self._made.popitem(last=False)
        return result
