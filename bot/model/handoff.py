"""Handing a case to a desk: what we ask for, what the desk says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.guarded import Guarded
from bot.model.ids import CaseId, HandoffId, PersonKey
from bot.model.person import Person


class HandoffKind(StrEnum):
    SERVICE = "service"
    SALES = "sales"
    PRODUCT = "product"
    PR = "pr"
    LEGAL = "legal"


class HandoffState(StrEnum):
    WAITING = "waiting"
    FILED = "filed"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Handoff:
    id: HandoffId
    case_id: CaseId
    kind: HandoffKind
    desk: str
    queue: str
    key: str
    """Our own key at the desk (`usher-<uuid>`): searched before each create, so it is made once."""
    summary: str
    """As kept, so with e-mail and phone: clear it for whoever reads it."""
    asked_by: PersonKey
    asked_by_name: str
    asked_at: datetime
    state: HandoffState
    ticket: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class TicketRequest:
    """What a desk gets: handle, link and the employee's own summary; no customer's words."""

    key: str
    queue: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Ticket:
    number: str
    url: str


@dataclass(frozen=True, slots=True)
class NewHandoff:
    """What an employee asks a desk for; `key` is ours and never made twice."""

    case_id: CaseId
    kind: HandoffKind
    desk: str
    queue: str
    key: str
    summary: Guarded
    asked_by: Person
