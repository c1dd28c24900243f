"""The guard: what of a text may be shown, what may be kept, and what must never come in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

import phonenumbers

from bot.compliance.clearance import cleared
from bot.compliance.display import shown
from bot.compliance.kinds import FAMILIES, KINDS, Found, Kind
from bot.compliance.kinds.own_numbers import OwnNumber, own_kind, own_rule
from bot.compliance.search import Search, replaced
from bot.compliance.sinks import TABLE, Sink, Treatment
from bot.errors import Refusal
from bot.model.cleared import Cleared
from bot.model.guarded import Guarded

T = TypeVar("T")

KIND_NAMES = tuple(kind.name for kind in KINDS)
_MOST_KEPT, _LONGEST_KEPT = 200, 300
REGIONS: Collection[str] = phonenumbers.SUPPORTED_REGIONS
"""Whose local telephone numbers can be told."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the original. `action` is "destroy" (kept nowhere) or "mask" (kept sealed)."""

    start: int
    end: int
    kind: str
    action: str


class Guard:
    """One for the process: compiled patterns, and the newest texts that held nothing.

    `regions` are those of libphonenumber whose local numbers count; `ours` are numbers and
    addresses that the organisation publishes itself; `desk` names the kinds that a desk may read.
    """

    def __init__(
        self,
        *,
        regions: tuple[str, ...] = ("US", "GB", "DE"),
        numbers: Sequence[OwnNumber] = (),
        ours: Sequence[str] = (),
        desk: Collection[str] = (),
    ) -> None:
        own = [(number, own_kind(number)) for number in numbers]
        rules = [own_rule(number, kind) for number, kind in own]
        rules += [rule for family in FAMILIES for rule in family]
        kinds = [*KINDS, *(kind for _, kind in own)]
        kinds.sort(key=lambda kind: not kind.destroyed)
        self._desk = frozenset(desk)
        self._search = Search(rules, kinds, regions=regions, ours=ours)
        self._clean: set[str] = set()
        """A text passes several gates on its way; what was found in one is never kept here."""

    def spans(self, text: str) -> tuple[Span, ...]:
        return _spans(self._search(text))

    def read(self, text: str) -> tuple[str, tuple[Span, ...]]:
        """The original with a mask in place of each span, and the spans."""
        found = self._search(text)
        return replaced(text, found, _mask), _spans(found)

    def guard(self, text: str) -> Guarded:
        clean = shown(text)
        found = self._search(clean)
        if not found:
            return Guarded(clean, clean)
        kept = replaced(clean, _treated(found, Sink.STORE, Treatment.DESTROY), _mask)
        kinds = self._search.strongest_first({one.kind for one in found})
        masked = replaced(clean, self._hidden(found, Sink.CHANNEL), _mask)
        return Guarded(masked, kept, tuple(kind.name for kind in kinds))

    def mask(self, text: str, *, sink: Sink = Sink.CHANNEL) -> str:
        """What may be shown there; for a channel, as `guard(text).masked`."""
        if text in self._clean:
            return text
        clean = shown(text)
        if found := self._search(clean):
            return replaced(clean, self._hidden(found, sink), _mask)
        self._remember(clean)
        return clean

    def hidden(self, text: str, *, sink: Sink) -> tuple[str, ...]:
        """What `mask` would take out, for a sentence: ("a telephone number",)."""
        kinds = {one.kind for one in self._hidden(self._search(shown(text)), sink)}
        return tuple(kind.noun for kind in self._search.strongest_first(kinds))

    def admit(self, text: str) -> None:
        """Raises `Refusal` when `text` holds what must not come in. Nothing of it is repeated."""
        kind = self._destroyed(text)
        if kind is not None:
            raise Refusal(f"{reason(kind)} {next_step(kind)}", rule=kind.rule)

    def left_out(self, text: str) -> str:
        """A sentence where `text` holds what is kept nowhere, such as a card number; or ""."""
        kind = self._destroyed(text)
        return "" if kind is None else reason(kind)

    def release(self, text: str) -> None:
        """Raises `Refusal` when `text` would tell everybody what belongs to one person."""
        kind = self._gravest(text, Sink.NETWORK, Treatment.BLOCK)
        if kind is not None:
            raise Refusal(
                f"There is {kind.noun} in it, and a reply is read by everybody: nothing went out. "
                "Please leave it out and try again. Your own public numbers and addresses may "
                "stand in a reply once guard.ours of app.yaml lists them.",
                rule=kind.rule,
            )

    def clear(self, value: T, *, sink: Sink = Sink.CHANNEL) -> Cleared[T]:
        return cleared(value, mask=lambda text: self.mask(text, sink=sink))

    def _remember(self, text: str) -> None:
        if len(text) > _LONGEST_KEPT:
            return
        if len(self._clean) >= _MOST_KEPT:
            self._clean.clear()
        self._clean.add(text)

    def _destroyed(self, text: str) -> Kind | None:
        """The gravest kind in `text` of those that are kept nowhere."""
        return self._gravest(text, Sink.STORE, Treatment.DESTROY)

    def _gravest(self, text: str, sink: Sink, treatment: Treatment) -> Kind | None:
        found = _treated(self._search(text), sink, treatment)
        return next(iter(self._search.strongest_first({one.kind for one in found})), None)

    def _hidden(self, found: list[Found], sink: Sink) -> list[Found]:
        return [one for one in found if not self._shows(one.kind, sink)]

    def _shows(self, kind: Kind, sink: Sink) -> bool:
        if sink is Sink.DESK and not kind.destroyed and kind.name in self._desk:
            return True
        return TABLE[kind.harm][sink] is Treatment.SHOW


def _treated(found: list[Found], sink: Sink, treatment: Treatment) -> list[Found]:
    return [one for one in found if TABLE[one.kind.harm][sink] is treatment]


def _spans(found: list[Found]) -> tuple[Span, ...]:
    return tuple(
        Span(one.start, one.end, one.kind.name, "destroy" if one.kind.destroyed else "mask")
        for one in found
    )


def _mask(found: Found) -> str:
    return found.mask


def reason(kind: Kind) -> str:
    return f"That looks like {kind.noun}. Usher did not keep it."


def next_step(kind: Kind) -> str:
    return f"{kind.instead} Please try again without it."
