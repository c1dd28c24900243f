"""An approval: what somebody asked for, who answered, and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.delivery import Card
from bot.model.ids import ApprovalId, CaseId, PersonKey
from bot.model.person import Person
from bot.model.request import RequestKind
from bot.model.visit import Offer


class ApprovalState(StrEnum):
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    EXPIRED = "expired"
    VOID = "void"
    """What was asked for is another by now, or is wanted no more."""


@dataclass(frozen=True, slots=True)
class NewApproval:
    """`subject` is the kind's own id for it, `text_hash` of exactly what is to be approved.

    An empty `role` is whoever the policy lets answer requests of this kind.
    """

    kind: RequestKind
    subject: str
    text_hash: str
    role: str
    needed: int
    by: Person
    case_id: CaseId | None = None


@dataclass(frozen=True, slots=True)
class ApprovalAnswer:
    by: PersonKey
    by_name: str
    yes: bool
    reason: str
    """Of a no, in the person's own words."""
    at: datetime
    about: str = ""
    """As of `Request`, when it was said."""


@dataclass(frozen=True, slots=True)
class Approval:
    id: ApprovalId
    kind: RequestKind
    subject: str
    text_hash: str
    role: str
    needed: int
    case_id: CaseId | None
    asked_by: PersonKey
    asked_by_name: str
    asked_at: datetime
    remind_at: datetime
    reminded: bool
    expires_at: datetime
    state: ApprovalState
    ended_at: datetime | None
    answers: tuple[ApprovalAnswer, ...]
    stranded: bool = False
    """Those who wait were told that too few are left who may say yes."""

    @property
    def yes(self) -> tuple[ApprovalAnswer, ...]:
        return tuple(each for each in self.answers if each.yes)

    def yes_to(self, about: str) -> tuple[ApprovalAnswer, ...]:
        """Those said to what is asked about now, and not to what came before it."""
        return tuple(each for each in self.yes if each.about == about)

    @property
    def agreed(self) -> tuple[ApprovalAnswer, ...]:
        """What it was granted on: those said to the same as the last one."""
        return self.yes_to(self.yes[-1].about) if self.yes else ()


@dataclass(frozen=True, slots=True)
class ApprovalPlace:
    """One of its cards: for a channel or a person, and where it stands once it is posted."""

    whom: str
    card: Card | None


@dataclass(frozen=True, slots=True)
class Request:
    """What an approver reads: `title` says what becomes of a yes, `words` are the exact ones."""

    title: str
    text_hash: str
    words: str = ""
    lines: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    """What can be done with it once it is over."""
    again: str = ""
    """For who asked, where it came to nothing: their words, and how they ask anew."""
    stamp: str = ""
    """Of what else a yes depends on, such as what it answers: another one must be looked at."""
    to_asker: str = ""
    """The title as who asked is told it, where that is not the same."""
    about: str = ""
    """What it answers, such as the customer's newest post: a yes counts no more once it is another.
    """

    @property
    def told(self) -> str:
        return self.to_asker or self.title


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """For a card; `request` is None where what it spoke of is not there in these words any more."""

    approval: Approval
    request: Request | None
