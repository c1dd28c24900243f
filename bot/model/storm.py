"""A storm: so many customers of one channel at once that they stand on one rolling card."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.delivery import Card
from bot.model.ids import ChannelId, StormId
from bot.model.mention import Mention


@dataclass(frozen=True, slots=True)
class Storm:
    id: StormId
    channel: ChannelId
    """As the routes name it, not where Slack put the card."""
    opened_at: datetime
    ended_at: datetime | None
    card: Card | None
    """Where its rolling card stands; None until it is posted."""


@dataclass(frozen=True, slots=True)
class StormView:
    """All its card shows; nothing from a link or a directory is in here."""

    storm: Storm
    waiting: int
    held: int
    resolved: int
    by_route: tuple[tuple[str, int], ...]
    """Cases, most first."""
    newest: tuple[Mention, ...] = ()
    """What those who wait said last, masked, the newest first."""

    @property
    def cases(self) -> int:
        return self.waiting + self.held + self.resolved
