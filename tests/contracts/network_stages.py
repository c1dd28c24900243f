"""For each network the other side of it, so that one suite can ask the same of all."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

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


@asynccontextmanager
async def _x() -> AsyncIterator[NetworkStage]:
    async with x_peer() as peer:

        async def says(handle: str, text: str) -> str:
            peer.clock.passes(1)
            return (await peer.api.posts(handle, f"@acme {text}")).id

        yield NetworkStage(
            make=peer.connector,
            make_with_bad_credentials=lambda: peer.connector(token="stale"),
            says=says,
            is_down=lambda: peer.api.faults.inject("503"),
        )


STAGES: dict[str, Callable[[], AbstractAsyncContextManager[NetworkStage]]] = {"x": _x}
