"""Answers kept for a while, and one question at a time: fifty presses ask Slack once."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_MOST_KEPT = 10_000


class Remembered(Generic[K, V]):
    """A failure is not kept: the next one to come asks again."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: dict[K, tuple[float, V]] = {}
        """With the moment each was kept."""
        self._asked: dict[K, asyncio.Task[V]] = {}

    def fresh(self, key: K, *, within: float | None = None) -> V | None:
        """What is remembered; None where it must be asked for. `within`: of the last seconds."""
        if key not in self._kept:
            return None
        at, value = self._kept[key]
        lasts = self._seconds if within is None else within
        return value if at + lasts > asyncio.get_running_loop().time() else None

    def forget(self, key: K) -> None:
        """An answer that is on its way is not kept either: it may be from before."""
        self._kept.pop(key, None)
        self._asked.pop(key, None)

    async def get(
        self, key: K, fetch: Callable[[], Awaitable[V]], *, within: float | None = None
    ) -> V:
        if (value := self.fresh(key, within=within)) is not None:
            return value
        if key not in self._asked:
            self._asked[key] = asyncio.ensure_future(self._ask(key, fetch))
        # Shielded: one visitor who leaves must not take the answer from the others.
        return await asyncio.shield(self._asked[key])

    async def _ask(self, key: K, fetch: Callable[[], Awaitable[V]]) -> V:
        ours = asyncio.current_task()
        try:
            value = await fetch()
        finally:
            forgotten = self._asked.get(key) is not ours
            if not forgotten:
                del self._asked[key]
        if forgotten:
            return value
        if len(self._kept) >= _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept.pop(key, None)
        self._kept[key] = (asyncio.get_running_loop().time(), value)
        return value
