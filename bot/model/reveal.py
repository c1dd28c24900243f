"""A look at personal data in the clear: for one person, for a time, on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.model.ids import CaseId, PersonKey

RevealId = NewType("RevealId", int)


@dataclass(frozen=True, slots=True)
class Reveal:
    """On record. Nothing of what was seen is in here."""

    id: RevealId
    external_id: str
    """What its page is called in Slack."""
    case_id: CaseId
    by: PersonKey
    by_name: str
    reason: str
    """What for, masked; "" where none was asked and none was given."""
    at: datetime
    until: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class InClear:
    """Words as they were said, but for what was destroyed when they came in."""

    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class RevealPage:
    """What stands in the page: the words, or that its time is over (`said` is None)."""

    case_id: CaseId
    external_id: str
    until: datetime
    said: tuple[InClear, ...] | None = None
