"""For each network the other side of it, so that one suite can ask the same of all."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.networks.base import Network
from tests.peers.x import x_peer


@dataclass(frozen=True, slots=True)
class NetworkStage:
    make: Callable[[], Network]
    make_with_bad_credentials: Callable[[], Network]
    says: Callable[[str, str], Awaitable[str]]
    """(handle, text) → the post's id, some time after the one before."""
    is_down: Callable[[], None]
    """For one call."""
    make_sender: Callable[[], Network]
    """One with the credentials of our own account."""
    ours: Callable[[], list[str]]
    """What stands there from us, publicly and directly."""
    hangs_up: Callable[[], None]
    """The next answer is taken, and the receipt is lost."""
    says_to_nobody: Callable[[str, str], Awaitable[str]]
    """As `says`, without a word to us."""
    clock: Callable[[], datetime]


@asynccontextmanager
async def _x() -> AsyncIterator[NetworkStage]:
    async with x_peer() as peer:

        async def says(handle: str, text: str) -> str:
            peer.clock.passes(1)
            return (await peer.api.posts(handle, f"@acme {text}")).id

        async def says_to_nobody(handle: str, text: str) -> str:
            peer.clock.passes(1)
            return (await peer.api.posts(handle, text)).id

        yield NetworkStage(
            make=peer.connector,
            make_with_bad_credentials=lambda: peer.connector(token="stale"),
            says=says,
            is_down=lambda: peer.api.faults.inject("503"),
            make_sender=peer.sender,
            ours=peer.ours,
            hangs_up=lambda: peer.api.faults.inject("503:1"),
            says_to_nobody=says_to_nobody,
            clock=peer.clock,
        )


STAGES: dict[str, Callable[[], AbstractAsyncContextManager[NetworkStage]]] = {"x": _x}
