"""The guard: what of a text may be shown, what may be kept, and what must never come in.

A set of RE2 triggers reads each text once; only rules whose trigger fired look closer, so a clean
text costs a few microseconds and no text costs more than linear time.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import re2

from bot.compliance.clearance import cleared
from bot.compliance.display import shown
from bot.compliance.kinds import FAMILIES, KINDS, Found, Kind, Reading
from bot.compliance.kinds.base import BARRIER
from bot.compliance.normalise import Normal, lines_joined, normalise, plain, runs_over_lines
from bot.errors import Refusal
from bot.model.cleared import Cleared
from bot.model.guarded import Guarded

T = TypeVar("T")

_STRENGTH = {kind: place for place, kind in enumerate(KINDS)}
_MEMORY = 64 << 20
_NOTHING = "\u200b"
"""As invisible as a barrier that somebody typed, and dropped."""
_MASK = re.compile("|".join(kind.mask_shape for kind in KINDS))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the original. `action` is "destroy" (kept nowhere) or "mask" (kept sealed)."""

    start: int
    end: int
    kind: str
    action: str


class Guard:
    """One for the process: compiled patterns, no state. `regions` are those of libphonenumber."""

    def __init__(self, *, regions: tuple[str, ...] = ("US", "GB", "DE")) -> None:
        self._regions = regions
        self._rules = tuple(rule for family in FAMILIES for rule in family)
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MEMORY
        self._triggers = re2.Set.SearchSet(options)
        for rule in self._rules:
            self._triggers.Add(rule.trigger)
        self._triggers.Compile()

    def spans(self, text: str) -> tuple[Span, ...]:
        return tuple(
            Span(found.start, found.end, found.kind.name, _action(found.kind))
            for found in self._search(text)
        )

    def guard(self, text: str) -> Guarded:
        clean = shown(text)
        found = self._search(clean)
        if not found:
            return Guarded(clean, clean)
        kept = _replaced(clean, [one for one in found if one.kind.destroyed])
        kinds = sorted({one.kind for one in found}, key=_STRENGTH.__getitem__)
        return Guarded(_replaced(clean, found), kept, tuple(kind.name for kind in kinds))

    def mask(self, text: str) -> str:
        """As `guard(text).masked`."""
        clean = shown(text)
        found = self._search(clean)
        return _replaced(clean, found) if found else clean

    def admit(self, text: str) -> None:
        """Raises `Refusal` when `text` holds what must not come in. Nothing of it is repeated."""
        kind = self._destroyed(text)
        if kind is not None:
            raise Refusal(f"{reason(kind)} {next_step(kind)}", rule=kind.rule)

    def left_out(self, text: str) -> str:
        """A sentence where `text` holds what is kept nowhere, such as a card number; or ""."""
        kind = self._destroyed(text)
        return "" if kind is None else reason(kind)

    def clear(self, value: T) -> Cleared[T]:
        return cleared(value, mask=self.mask)

    def _destroyed(self, text: str) -> Kind | None:
        """The gravest kind in `text` of those that are kept nowhere."""
        kinds = {found.kind for found in self._search(text) if found.kind.destroyed}
        return min(kinds, key=_STRENGTH.__getitem__, default=None)

    def _search(self, text: str) -> list[Found]:
        """All findings, in order and apart. What one hid from another shows in the next round."""
        every: list[Found] = []
        rest = text.replace(BARRIER, _NOTHING)
        if "[" in rest:
            rest = _MASK.sub(_between_barriers, rest)
        while fresh := self._round(rest):
            every += fresh
            rest = _replaced(rest, fresh, lambda found: BARRIER * (found.end - found.start))
        return sorted(every, key=lambda found: found.start)

    def _round(self, text: str) -> list[Found]:
        quick = plain(text)
        if found := self._found(quick):
            return _at_origin(found, normalise(text))
        if not runs_over_lines(quick):
            return []
        joined = lines_joined(normalise(text))
        return _at_origin(self._found(joined.text), joined)

    def _found(self, text: str) -> list[Found]:
        """What is destroyed goes first: a phone rule need not wonder about halves of a card."""
        fired = self._triggers.Match(text)
        if fired is None:
            return []
        reading = Reading(text, self._regions)
        rules = [self._rules[place] for place in sorted(fired)]
        for destroys in (True, False):
            found = [
                one for rule in rules if rule.destroys is destroys for one in rule.find(reading)
            ]
            if found:
                return found
        return []


def _at_origin(found: list[Found], normal: Normal) -> list[Found]:
    """The findings apart from one another, where they stand in the original."""
    return [
        Found(*normal.original(one.start, one.end), one.kind, one.mask) for one in _apart(found)
    ]


def _apart(found: list[Found]) -> list[Found]:
    """Overlaps become one of the strongest kind, whose mask tells a detail only if it spans all."""
    apart: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end, _STRENGTH[one.kind])):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
            continue
        last = apart[-1]
        strongest = min((last, one), key=lambda either: _STRENGTH[either.kind])
        end = max(last.end, one.end)
        whole = (strongest.start, strongest.end) == (last.start, end)
        mask = strongest.mask if whole else strongest.kind.masked()
        apart[-1] = Found(last.start, end, strongest.kind, mask)
    return apart


def _between_barriers(mask: re.Match[str]) -> str:
    return f"{BARRIER}{mask[0][1:-1]}{BARRIER}"


def _mask(found: Found) -> str:
    return found.mask


def _replaced(text: str, found: list[Found], by: Callable[[Found], str] = _mask) -> str:
    parts: list[str] = []
    done = 0
    for one in found:
        parts += (text[done : one.start], by(one))
        done = one.end
    return "".join((*parts, text[done:]))


def _action(kind: Kind) -> str:
    return "destroy" if kind.destroyed else "mask"


def reason(kind: Kind) -> str:
    return f"That looks like {kind.noun}. Usher did not keep it."


def next_step(kind: Kind) -> str:
    return f"{kind.instead} Please try again without it."
