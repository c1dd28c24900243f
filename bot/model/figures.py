"""What whoever looks after the house may want to see as a curve: numbers, and nobody's words."""

from dataclasses import dataclass

from bot.model.delivery import DeliveryKind


@dataclass(frozen=True, slots=True)
class Outbox:
    """One kind of delivery. `oldest_seconds` is how long the longest due one waits, 0 for none."""

    kind: DeliveryKind
    waiting: int = 0
    retrying: int = 0
    """Of those that wait, tried in vain before."""
    stuck: int = 0
    oldest_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class HouseFigures:
    outboxes: tuple[Outbox, ...]
    """Every kind, also where nothing waits."""
    storms: int
    newest_line: int
    """The number of the record's newest line, 0 for none; some numbers are never given."""
