"""Trigger ids: the three-second, one-use permission to open a modal."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.records import Clock, SlackError


@dataclass(slots=True)
class Trigger:
    user: str
    until: datetime
    spent: bool = False


class Triggers:
    def __init__(self, clock: Clock, *, seconds: float = 3.0) -> None:
        self._clock = clock
        self._life = timedelta(seconds=seconds)
        self._made: dict[str, Trigger] = {}

    def new(self, user: str) -> str:
        trigger_id = f"{len(self._made) + 1}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._made[trigger_id] = Trigger(user, self._clock() + self._life)
        return trigger_id

    def spend(self, trigger_id: str) -> str:
        """The id of the person whose gesture made the trigger."""
        trigger = self._made.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.spent:
            raise SlackError("exchanged_trigger_id")
        if self._clock() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.spent = True
        return trigger.user
