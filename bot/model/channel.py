"""A channel as Slack last told it: whether what stands in it is for us alone."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import ChannelId


@dataclass(frozen=True, slots=True)
class Room:
    id: ChannelId
    name: str
    shared: bool
    """With another organisation, or about to be: nothing of a customer goes there."""


@dataclass(frozen=True, slots=True)
class KnownRoom:
    """As it was when it was last looked at; `told_at`: since when the coordinators know."""

    room: Room
    checked_at: datetime
    told_at: datetime | None
