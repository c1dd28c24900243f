"""What somebody's Home tab shows; nothing from a link or a directory is in here."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.absence import Away
from bot.model.case import Case, HandoffView
from bot.model.person import Enrolment
from bot.model.wishes import Wishes


@dataclass(frozen=True, slots=True)
class HomeCase:
    case: Case
    handoffs: tuple[HandoffView, ...] = ()
    is_answered: bool = False
    newest: str = ""
    """What they wrote last, masked, where they wrote more than once."""
    newest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HomeView:
    now: datetime
    mine: tuple[HomeCase, ...]
    waiting: tuple[HomeCase, ...]
    waiting_in_all: int
    enrolment: Enrolment
    wishes: Wishes
    news: tuple[str, ...] = ()
    """What changed in the guidebook since this person accepted it."""
    house: tuple[str, ...] = ()
    """What coordinators should look at, a sentence each; empty for everybody else."""
    accepted_at: datetime | None = None
    """When this person accepted the guidebook last."""
    away: Away | None = None
    """That this person is away now."""
