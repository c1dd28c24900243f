"""A hold: answers on a topic wait until it is lifted."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import HoldId, PersonKey

ALL = "all"
"""The topic that is every topic."""


@dataclass(frozen=True, slots=True)
class Hold:
    """`since` is None while it waits for others to agree, `lifted_at` while it is not over."""

    id: HoldId
    topic: str
    set_by: PersonKey
    set_by_name: str
    reason: str
    asked_at: datetime
    since: datetime | None
    lifted_at: datetime | None
