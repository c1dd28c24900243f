"""The outbox: rows that say what must be true outside."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.lanes import NONE, SOON
from bot.model.visit import Offer


class DeliveryKind(StrEnum):
    """Which courier carries it; `subject` is that courier's own id as text."""

    CARD = "card"
    """subject = case id: this case's card shows the case as it is now."""
    TICKET = "ticket"
    """subject = handoff id: this ticket exists at its desk."""
    MESSAGE = "message"
    """subject = outgoing message id: it was posted in Slack (a direct message or a digest)."""
    EVENT = "event"
    """subject = inbox id: what Slack told us was acted upon."""
    STORM = "storm"
    """subject = storm id: the rolling card of very many cases shows them as they are."""
    HOME = "home"
    """subject = person key: their Home tab shows what is theirs now."""
    REPLY = "reply"
    """subject = reply id: it was sent to the customer, once."""
    ORPHAN = "orphan"
    """subject = case id and where a card stands that is no longer the case's: it says so."""
    APPROVAL = "approval"
    """subject = approval id and for whom: this card of it shows how it stands."""
    EXPORT = "export"
    """subject = export id: its file is with whoever asked for it."""
    REVEAL = "reveal"
    """subject = reveal id: the page that shows words in the clear shows them no more."""


TO_SLACK = frozenset(
    {
        DeliveryKind.CARD,
        DeliveryKind.STORM,
        DeliveryKind.ORPHAN,
        DeliveryKind.MESSAGE,
        DeliveryKind.HOME,
        DeliveryKind.APPROVAL,
        DeliveryKind.EXPORT,
        DeliveryKind.REVEAL,
    }
)
"""They share Slack's lanes, so one look at what is due orders them all; others take no turns."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A leased row. `wanted` counts wishes; only that many are done when the courier comes home."""

    kind: DeliveryKind
    subject: str
    wanted: int
    attempts: int
    lane: str = NONE


@dataclass(frozen=True, slots=True)
class Wish:
    """That one subject be true outside; `priority` 0 goes first."""

    subject: object
    lane: str = NONE
    priority: int = SOON


@dataclass(frozen=True, slots=True)
class Leased:
    """`again_in` seconds a lane has its next turn for a row that waits; None where none does."""

    rows: tuple[Delivery, ...]
    again_in: float | None


@dataclass(frozen=True, slots=True)
class Card:
    """Where a case's card stands in Slack."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that waits to be posted: `to` is a channel or a person; `text` is cleared."""

    id: int
    to: str
    text: str
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryFigures:
    """How the outbox stands; `oldest_due_at` is None when nothing waits."""

    waiting: int
    stuck: int
    oldest_due_at: datetime | None
    reasons: tuple[str, ...] = ()
    """Why rows are stuck, each reason once, at most five."""
