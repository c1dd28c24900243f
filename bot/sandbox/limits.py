"""Slack's rate limits as token buckets; no burst size is published, so bursts are settings."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.records import Json

TIERS = {
    "apps.connections.open": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "usergroups.list": 2,
    "usergroups.users.list": 2,
    "users.info": 4,
    "users.list": 2,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}


@dataclass(slots=True)
class Bucket:
    """Holds up to `size` permissions and regains `per_second`."""

    size: float
    per_second: float
    level: float
    at: float

    def take(self, now: float) -> float:
        """0 when permitted, else the seconds until it would be."""
        self.level = min(self.size, self.level + (now - self.at) * self.per_second)
        self.at = now
        if self.level >= 1:
            self.level -= 1
            return 0.0
        return (1 - self.level) / self.per_second


class Limits:
    """One message a second and channel; the tier of its method for everything else.

    `post_burst` and `tier_burst` widen the buckets; `enforced=False` lets everything pass.
    """

    def __init__(
        self,
        seconds: Callable[[], float],
        *,
        post_burst: int = 3,
        tier_burst: float = 1.0,
        enforced: bool = True,
    ) -> None:
        self._seconds = seconds
        self._post_burst = post_burst
        self._tier_burst = tier_burst
        self._buckets: dict[str, Bucket] = {}
        self.enforced = enforced

    def wait_for(self, method: str, args: Json) -> int:
        """0, or the whole seconds Slack would write into Retry-After."""
        if not self.enforced:
            return 0
        if method == "chat.postMessage":
            key = f"{method} {args.get('channel')}"
            return self._take(key, size=self._post_burst, per_second=1.0)
        tier = TIERS.get(method)
        if tier is None:
            return 0
        rate = PER_MINUTE[tier]
        return self._take(method, size=rate * self._tier_burst, per_second=rate / 60)

    def _take(self, key: str, *, size: float, per_second: float) -> int:
        now = self._seconds()
        bucket = self._buckets.setdefault(key, Bucket(size, per_second, size, now))
        return math.ceil(bucket.take(now))
