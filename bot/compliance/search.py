"""How finds come out of a text: one look of RE2 for all rules, a closer one where it says so.

A set of triggers reads each text once; only rules whose trigger fired look closer, so a clean text
costs a few microseconds and no text costs more than linear time.
"""

import re
from collections.abc import Callable, Iterator, Sequence

import re2

from bot.compliance.escapes import CODED, decoded
from bot.compliance.folding import folded
from bot.compliance.kinds import Found, Kind, Reading, Rule
from bot.compliance.kinds.base import BARRIER
from bot.compliance.normalise import (
    DRESSED,
    Normal,
    lines_joined,
    normalise,
    plain,
    runs_over_lines,
)

_MEMORY = 64 << 20
_NOTHING = "\u200b"
"""As invisible as a barrier that somebody typed, and dropped."""
_FEWEST_OF_OURS = 6
_SPOKEN_SIGNS = re.compile(r"[\s()./-]+")


class Search:
    """Compiled patterns, no state. `kinds` are the strongest first."""

    def __init__(
        self,
        rules: Sequence[Rule],
        kinds: Sequence[Kind],
        *,
        regions: tuple[str, ...],
        ours: Sequence[str],
    ) -> None:
        self._rules = tuple(rule for rule in rules if rule.trigger)
        self._always = tuple(rule for rule in rules if not rule.trigger)
        self._regions = regions
        self._ours = tuple(map(_bare, ours))
        self._strength = {kind: place for place, kind in enumerate(kinds)}
        self._masks = re.compile("|".join(kind.mask_shape for kind in kinds))
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MEMORY
        self._triggers = re2.Set.SearchSet(options)
        for rule in self._rules:
            self._triggers.Add(rule.trigger)
        self._dressed = self._triggers.Add(f"{DRESSED}|{CODED}")
        self._triggers.Compile()

    def strongest_first(self, kinds: set[Kind]) -> list[Kind]:
        return sorted(kinds, key=self._strength.__getitem__)

    def __call__(self, text: str) -> list[Found]:
        """All findings, in order and apart. What one hid from another shows in the next round."""
        every: list[Found] = []
        if self._is_clean(text):
            return every
        rest = text.replace(BARRIER, _NOTHING)
        if "[" in rest:
            rest = self._masks.sub(_barriers, rest)
        while fresh := self._round(rest):
            every += fresh
            rest = replaced(rest, fresh, lambda found: BARRIER * (found.end - found.start))
        return sorted(every, key=lambda found: found.start)

    def _is_clean(self, text: str) -> bool:
        """What most texts are; never wrong where it says yes."""
        if not (text.isascii() and text.isprintable()):
            text = folded(text)
            if "\n" in text or BARRIER in text:
                return False
        if self._triggers.Match(text.encode()) is not None:
            return False
        return not (self._always and any(self._found_always(text)))

    def _round(self, text: str) -> list[Found]:
        """Also as it is written where it holds codes: 4111%4111 may be digits and a sign."""
        for said in decoded(text):
            if found := self._in_plain(said.text):
                return [
                    Found(*said.original(one.start, one.end), one.kind, one.mask) for one in found
                ]
        return self._in_plain(text)

    def _in_plain(self, text: str) -> list[Found]:
        quick = plain(text)
        if found := self._found(quick):
            return self._at_origin(found, normalise(text))
        if not runs_over_lines(quick):
            return []
        for joined in lines_joined(normalise(text)):
            if found := self._found(joined.text):
                return self._at_origin(found, joined)
        return []

    def _found(self, text: str) -> list[Found]:
        """What is destroyed goes first: a phone rule need not wonder about halves of a card."""
        fired = self._triggers.Match(text)
        if fired is None and not self._always:
            return []
        reading = Reading(text, self._regions)
        woken = sorted(fired or ())
        rules = (*self._always, *(self._rules[one] for one in woken if one != self._dressed))
        for destroys in (True, False):
            found = [
                one
                for rule in rules
                if rule.destroys is destroys
                for one in rule.find(reading)
                if destroys or not self._is_ours(text[one.start : one.end])
            ]
            if found:
                return found
        return []

    def _found_always(self, text: str) -> Iterator[Found]:
        reading = Reading(text, self._regions)
        return (one for rule in self._always for one in rule.find(reading))

    def _is_ours(self, written: str) -> bool:
        """However it is written: +1 800 555 0100 is (800) 555-0100."""
        bare = _bare(written)
        return len(bare) >= _FEWEST_OF_OURS and any(own.endswith(bare) for own in self._ours)

    def _at_origin(self, found: list[Found], normal: Normal) -> list[Found]:
        """The findings apart from one another, where they stand in the original."""
        return [
            Found(*normal.original(one.start, one.end), one.kind, one.mask)
            for one in self._apart(found)
        ]

    def _apart(self, found: list[Found]) -> list[Found]:
        """Overlaps become one of the strongest kind; its mask tells a detail if it spans all."""
        strength = self._strength
        apart: list[Found] = []
        for one in sorted(found, key=lambda one: (one.start, -one.end, strength[one.kind])):
            if not apart or one.start >= apart[-1].end:
                apart.append(one)
                continue
            last = apart[-1]
            strongest = min((last, one), key=lambda either: strength[either.kind])
            end = max(last.end, one.end)
            whole = (strongest.start, strongest.end) == (last.start, end)
            mask = strongest.mask if whole else strongest.kind.masked()
            apart[-1] = Found(last.start, end, strongest.kind, mask)
        return apart


def replaced(text: str, found: Sequence[Found], by: Callable[[Found], str]) -> str:
    parts: list[str] = []
    done = 0
    for one in found:
        parts += (text[done : one.start], by(one))
        done = one.end
    return "".join((*parts, text[done:]))


def _bare(written: str) -> str:
    return _SPOKEN_SIGNS.sub("", written).lower().lstrip("+0")


def _barriers(mask: re.Match[str]) -> str:
    return BARRIER * len(mask[0])
