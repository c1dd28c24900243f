"""Complaints: whether a case is mainly a grievance, as a person said, and how that went on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.guarded import Guarded
from bot.model.ids import CaseId, PersonKey

LINES = ("auto", "home", "life", "health", "business", "other")
"""Lines of business where app.yaml names none."""


class Grievance(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    """Whoever supervises decides it."""


class Nature(StrEnum):
    """What it is about, as the registers of the NAIC model have it."""

    CLAIM = "claim"
    BILLING = "billing"
    SERVICE = "service"
    SALES = "sales"
    UNDERWRITING = "underwriting"
    OTHER = "other"


class Disposition(StrEnum):
    """How it ended. Without one no case that is a complaint is resolved."""

    SETTLED = "settled"
    PARTLY = "partly"
    EXPLAINED = "explained"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Said:
    """A form as it was filled in: any of it may be empty, or nothing that was offered."""

    answer: str
    line: str = ""
    nature: str = ""
    product: str = ""
    disposition: str = ""


@dataclass(frozen=True, slots=True)
class Marking:
    """What somebody says of a case. Line and nature are there where it is a complaint."""

    answer: Grievance
    product: Guarded
    line: str = ""
    nature: Nature | None = None
    disposition: Disposition | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """A case that was asked about. `product` is masked."""

    case_id: CaseId
    answer: Grievance
    line: str
    nature: Nature | None
    product: str
    received_at: datetime
    """The hour of the customer's first words."""
    acknowledged_at: datetime | None
    """When the customer was first answered."""
    settled_at: datetime | None
    disposition: Disposition | None
    holder: PersonKey | None = None
    marked_by: PersonKey | None = None
    """Whose word it is: of who supervises, where one of them said yes and others did after them."""
    acknowledge_told: bool = False
    """That the first answer is late was told to those whom it concerns."""
    settle_told: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """Within which time a complaint is to be answered for the first time, and settled."""

    acknowledge: timedelta
    settle: timedelta

    def unanswered(self, one: Complaint, now: datetime) -> bool:
        due = one.received_at + self.acknowledge
        return one.settled_at is None and one.acknowledged_at is None and due <= now

    def unsettled(self, one: Complaint, now: datetime) -> bool:
        return one.settled_at is None and one.received_at + self.settle <= now

    def late(self, one: Complaint, now: datetime) -> bool:
        return self.unanswered(one, now) or self.unsettled(one, now)

    def untold(self, one: Complaint, now: datetime) -> bool:
        """Whether something is late that nobody was told."""
        unanswered = self.unanswered(one, now) and not one.acknowledge_told
        return unanswered or (self.unsettled(one, now) and not one.settle_told)
