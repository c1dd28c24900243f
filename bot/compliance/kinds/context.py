"""Words beside a number that say what it is, for numbers that say too little themselves."""

import re
from bisect import bisect_left, bisect_right

import re2

from bot.compliance.kinds.base import BARRIER

_BEFORE, _AFTER = 48, 24
_WALL = re.compile(BARRIER)


_UNLESS = re.compile(r"\(\?![^()]*\)")


def roughly(pattern: str) -> str:
    """For RE2, which cannot look ahead: says yes a little too often."""
    return f"(?i){_UNLESS.sub('', pattern)}"


class Words:
    """RE2 finds where they may stand in no time; where they look ahead, a closer look follows."""

    def __init__(self, pattern: str) -> None:
        self._rough = re2.compile(roughly(pattern))
        self._exact = re.compile(pattern, re.IGNORECASE) if _UNLESS.search(pattern) else None

    def stand_in(self, text: str) -> bool:
        """Says yes a little too often where they look ahead."""
        return self._rough.search(text) is not None

    def places(self, text: str) -> list[tuple[int, int]]:
        places = [match.span() for match in self._rough.finditer(text)]
        if self._exact is None:
            return places
        return [place for place in places if self._exact.match(text, place[0])]


class Beside:
    """Where `words` stand in a text, and whether one is near: no finding and no mask in between."""

    def __init__(self, text: str, words: Words) -> None:
        places = words.places(text)
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
