"""What runs as long as Usher does. Where one part of it ends by itself, a supervisor starts anew.

A process that lives on half dead answers its probes and does no work, which nobody notices.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Halted(Exception):
    """`part` ended though nobody asked it to."""

    part: str

    def __str__(self) -> str:
        return (
            f"Usher stopped because {self.part} ended by itself; the log says why. Start it anew."
        )


@dataclass(frozen=True, slots=True)
class Watch:
    _parts: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self, work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
        """As `asyncio.create_task`, and watched from now on."""
        part = asyncio.create_task(work, name=name)
        self._parts.append(part)
        return part

    async def until(self, ended: asyncio.Event) -> None:
        """Returns when `ended` is set; raises `Halted` where a part ends before that."""
        told = asyncio.create_task(ended.wait())
        try:
            await asyncio.wait({told, *self._parts}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.cancel()
        for part in self._parts:
            if part.done():
                raise _halted(part)


def _halted(part: asyncio.Task[None]) -> Halted:
    cause = None if part.cancelled() else part.exception()
    log.error("usher.part_ended", what=part.get_name(), exc_info=cause)
    halted = Halted(part.get_name())
    halted.__cause__ = cause
    return halted


async def home(part: asyncio.Task[None], *, seconds: float | None = None) -> None:
    """Waits for what was told to end, then ends it; how it ended is no longer anybody's matter."""
    await asyncio.wait({part}, timeout=seconds)
    part.cancel()
    await asyncio.gather(part, return_exceptions=True)
