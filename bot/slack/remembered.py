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
        self._asked: dict[K, asyncio.Task[V]] = {}

    async def get(self, key: K, fetch: Callable[[], Awaitable[V]]) -> V:
        now = asyncio.get_running_loop().time()
        if key in self._kept and self._kept[key][0] > now:
            return self._kept[key][1]
        if key not in self._asked:
            self._asked[key] = asyncio.ensure_future(self._ask(key, fetch))
        # Shielded: one visitor who leaves must not take the answer from the others.
        return await asyncio.shield(self._asked[key])

    async def _ask(self, key: K, fetch: Callable[[], Awaitable[V]]) -> V:
        try:
            value = await fetch()
        finally:
            self._asked.pop(key, None)
        if len(self._kept) >= _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept.pop(key, None)
        self._kept[key] = (asyncio.get_running_loop().time() + self._seconds, value)
        return value
