"""One bell for "something changed", so that people and pages wake at once and never poll."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.count = 0

    def ring(self) -> None:
        self.count += 1
        waiting, self._rung = self._rung, asyncio.Event()
        waiting.set()

    async def wait(self) -> None:
        await self._rung.wait()

    async def until(
        self,
        look: Callable[[], T | None],
        *,
        timeout: float,  # noqa: ASYNC109 - a person's patience
    ) -> T | None:
        """The first thing `look` finds that is not None; None when `timeout` seconds passed."""
        try:
            async with asyncio.timeout(timeout):
                while (found := look()) is None:
                    await self.wait()
                return found
        except TimeoutError:
            return None
