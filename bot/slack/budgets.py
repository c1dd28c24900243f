"""Slack's rate limits kept by ourselves, so that we wait before and not after a refusal."""

import asyncio

from bot.errors import Unavailable

_MOST_KEPT = 1000


class Budget:
    """A token bucket on the loop's clock: callers wait their turn, first come first served."""

    def __init__(self, *, per_second: float, burst: int, patience: float = 10.0) -> None:
        self._interval = 1 / per_second
        self._slack = self._interval * (burst - 1)
        self._patience = patience
        self._free_at = 0.0

    async def take(self) -> None:
        """Waits for a turn. A turn further away than the patience: Unavailable, none is taken."""
        now = asyncio.get_running_loop().time()
        turn = max(self._free_at, now - self._slack)
        wait = max(0.0, turn - now)
        if wait > self._patience:
            raise Unavailable("slack", "our own rate budget is spent", retry_after=wait)
        self._free_at = turn + self._interval
        if wait:
            await asyncio.sleep(wait)

    def rest(self, seconds: float) -> None:
        """Slack said 429: nobody goes before this is over."""
        now = asyncio.get_running_loop().time()
        self._free_at = max(self._free_at, now + seconds)

    def is_idle(self) -> bool:
        return self._free_at <= asyncio.get_running_loop().time()


class Budgets:
    """One budget for each key, such as a channel; idle ones are forgotten when there are many."""

    def __init__(self, *, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = burst
        self._kept: dict[str, Budget] = {}

    def of(self, key: str) -> Budget:
        if len(self._kept) > _MOST_KEPT:
            self._kept = {k: budget for k, budget in self._kept.items() if not budget.is_idle()}
        if key not in self._kept:
            self._kept[key] = Budget(per_second=self._per_second, burst=self._burst)
        return self._kept[key]
