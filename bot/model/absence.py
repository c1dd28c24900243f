"""Who is not there: by their own word, by their Slack status, or for good."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.person import Membership


class Source(StrEnum):
    """Who says that somebody is away. Their own word counts for more than their Slack status."""

    STATUS = "status"
    OWN = "own"
    KNOWN = "known"
    """Nobody: they are here, and a status that says otherwise is an old one until it goes."""


class Gone(StrEnum):
    """Why a case was handed back for its holder, as `Case.handed_back` keeps it."""

    AWAY = "away"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Standing:
    """A colleague as Slack shows them now. The words of a status are not in here."""

    user_id: str
    name: str
    membership: Membership
    emoji: str
    until: datetime | None
    """When the status ends; None where it stays."""
    zone: str = ""
    """Of their clock; "" where Slack does not tell."""


@dataclass(frozen=True, slots=True)
class Away:
    source: Source
    since: datetime
    until: datetime | None

    def lasts(self, now: datetime) -> bool:
        """One that is over counts no more, though nobody has looked at it yet."""
        return self.source is not Source.KNOWN and (self.until is None or self.until > now)
