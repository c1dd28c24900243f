"""A channel as Slack last told it: whether what stands in it is for us alone."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.model.ids import ChannelId


@dataclass(frozen=True, slots=True)
class Room:
    id: ChannelId
    name: str
    shared: bool
    """With another organisation, or about to be: nothing of a customer goes there."""
    shut: str = field(default="", compare=False)
    """Why nothing of ours can go there, and what to press; only what was told of it is kept."""


@dataclass(frozen=True, slots=True)
class KnownRoom:
    """As it was when it was last looked at; `told_at`: since when the coordinators know."""

    room: Room
    checked_at: datetime
    told_at: datetime | None

    @property
    def told_shut(self) -> bool:
        return self.told_at is not None and not self.room.shared
