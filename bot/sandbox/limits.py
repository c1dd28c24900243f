"""Slack's rate limits as token buckets; no burst size is published, so bursts are settings."""

import math
from collections.abc import Callable
from dataclasses import dataclass

POST = "chat.postMessage"
TIERS = {
    "apps.connections.open": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.join": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "dnd.info": 3,
    "dnd.teamInfo": 2,
    "files.completeUploadExternal": 4,
    "files.getUploadURLExternal": 4,
    "usergroups.list": 2,
    "usergroups.users.list": 2,
    "users.info": 4,
    "users.list": 2,
    "users.profile.get": 4,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
SPECIAL = {POST, "auth.test", "blocks.validate", "chat.getPermalink"}
"""In no tier; but for posts, Slack says no number."""
PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}


@dataclass(slots=True)
class Bucket:
    """Holds up to `size` permissions and regains `per_second`."""

    size: float
    per_second: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """0 when there is a permission to take, else the seconds until there is."""
        self.level = min(self.size, self.level + (now - self.at) * self.per_second)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.per_second


class Limits:
    """A message a second and channel, so many a minute in all; its method's tier for all else.

    `post_burst` and `tier_burst` widen the buckets; `enforced=False` lets everything pass.
    """

    def __init__(
        self,
        seconds: Callable[[], float],
        *,
        post_burst: int = 3,
        posts_per_minute: int = 300,
        tier_burst: float = 1.0,
        enforced: bool = True,
    ) -> None:
        self._seconds = seconds
        self._post_burst = post_burst
        self._tier_burst = tier_burst
        self._buckets: dict[str, Bucket] = {}
        self.posts_per_minute = posts_per_minute
        self.enforced = enforced

    def wait_for(self, method: str, place: str) -> int:
        """0, or the whole seconds Slack would write into Retry-After; a refusal costs nothing."""
        if not self.enforced:
            return 0
        buckets = self._posting(place) if method == POST else self._tier(method)
        now = self._seconds()
        wait = max((bucket.wait(now) for bucket in buckets), default=0.0)
        if not wait:
            for bucket in buckets:
                bucket.level -= 1
        return math.ceil(wait)

    def _posting(self, place: str) -> list[Bucket]:
        everywhere = self.posts_per_minute
        return [
            self._bucket(f"{POST} {place}", size=self._post_burst, per_second=1.0),
            self._bucket(POST, size=everywhere, per_second=everywhere / 60),
        ]

    def _tier(self, method: str) -> list[Bucket]:
        if method not in TIERS:
            return []
        rate = PER_MINUTE[TIERS[method]]
        return [self._bucket(method, size=rate * self._tier_burst, per_second=rate / 60)]

    def _bucket(self, key: str, *, size: float, per_second: float) -> Bucket:
        return self._buckets.setdefault(key, Bucket(size, per_second, size, self._seconds()))
