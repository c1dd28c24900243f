"""What a manager reads in the morning, in figures; the words around them are made elsewhere."""

from dataclasses import dataclass

from bot.model.ids import CaseId
from bot.model.mention import Mention


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """The counts of one period, so that two periods can be held side by side."""

    mentions: int
    customers: int
    cases_opened: int
    claimed: int
    resolved: int
    median_wait_minutes: float | None
    """From opening to the first claim, of the cases first claimed in the period; or None."""


@dataclass(frozen=True, slots=True)
class DigestFigures:
    """One period, and how things stand now. `previous` is the period of the same length before."""

    mentions: int
    customers: int
    cases_opened: int
    by_route: tuple[tuple[str, int], ...]
    """Cases opened, most first."""
    claimed: int
    resolved: int
    median_wait_minutes: float | None
    waiting_now: int
    stuck: tuple[tuple[CaseId, str, int], ...]
    """Open cases that nobody has held for too long: case, route, whole hours since opening."""
    handoffs_by_kind: tuple[tuple[str, int], ...]
    words: tuple[Mention, ...]
    """The newest mentions of the period, masked, at most eight; none of a case blanked."""
    previous: PeriodFigures
    storms: tuple[tuple[str, int, int], ...] = ()
    """Those that raged in the period: channel, cases, and how many of them wait now."""
