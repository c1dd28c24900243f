"""Words beside a number that say what it is, for numbers that say too little themselves."""

import re
from bisect import bisect_left, bisect_right

from bot.compliance.kinds.base import BARRIER

_BEFORE, _AFTER = 48, 24
_WALL = re.compile(BARRIER)


class Beside:
    """Where `words` stand in a text, and whether one is near: no finding and no mask in between."""

    def __init__(self, text: str, words: re.Pattern[str]) -> None:
        places = [match.span() for match in words.finditer(text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]
        self._walls = [match.start() for match in _WALL.finditer(text)] if places else []

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __call__(self, start: int, end: int) -> bool:
        wall = bisect_left(self._walls, start)
        low = max(start - _BEFORE, self._walls[wall - 1] if wall else 0)
        if bisect_left(self._starts, low) < bisect_right(self._ends, start):
            return True
        wall = bisect_left(self._walls, end)
        high = min(end + _AFTER, self._walls[wall] if wall < len(self._walls) else end + _AFTER)
        return bisect_left(self._starts, end) < bisect_right(self._ends, high)
