"""Waiting for what nobody rings a bell for."""

import asyncio
from collections.abc import Awaitable, Callable


async def until(true: Callable[[], bool], *, seconds: float = 20.0) -> None:
    """TimeoutError when it does not become true in that time."""

    async def asked() -> bool:
        return true()

    await until_told(asked, seconds=seconds)


async def until_told(true: Callable[[], Awaitable[bool]], *, seconds: float = 20.0) -> None:
    """The same where the answer has to be fetched from another process."""
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110  what happens elsewhere sets no event here
            await asyncio.sleep(0.02)
