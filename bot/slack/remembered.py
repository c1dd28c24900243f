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
        """With the moment each was asked for: what is told may be as old as that."""
        self._asked: dict[K, tuple[float, asyncio.Task[V]]] = {}
        self._forgotten: dict[K, float] = {}

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
        if len(self._forgotten) >= _MOST_KEPT:
            self._forgotten.pop(next(iter(self._forgotten)))
        self._forgotten.pop(key, None)
        self._forgotten[key] = asyncio.get_running_loop().time()

    def learn(self, key: K, value: V, *, asked: float) -> None:
        """What was told of many at once, unless it is from before something that we know."""
        if self._forgotten.get(key, float("-inf")) < asked:
            self._keep(key, value, asked=asked)

    async def get(
        self, key: K, fetch: Callable[[], Awaitable[V]], *, within: float | None = None
    ) -> V:
        if (value := self.fresh(key, within=within)) is not None:
            return value
        now = asyncio.get_running_loop().time()
        began, asking = self._asked.get(key, (now, None))
        # Whoever asks anew is not told what was so before they asked.
        if asking is None or (within is not None and began + within < now):
            asking = asyncio.ensure_future(self._ask(key, fetch, asked=now))
            self._asked[key] = (now, asking)
        # Shielded: one visitor who leaves must not take the answer from the others.
        return await asyncio.shield(asking)

    async def _ask(self, key: K, fetch: Callable[[], Awaitable[V]], *, asked: float) -> V:
        ours = asyncio.current_task()
        try:
            value = await fetch()
        finally:
            # Another one was sent off since, or nobody is to go by this one any more.
            forgotten = self._asked.get(key, (asked, None))[1] is not ours
            if not forgotten:
                del self._asked[key]
        if not forgotten:
            self._keep(key, value, asked=asked)
        return value

    def _keep(self, key: K, value: V, *, asked: float) -> None:
        if self._kept.get(key, (asked, value))[0] > asked:
            return
        self._kept.pop(key, None)
        if len(self._kept) >= _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[key] = (asked, value)
