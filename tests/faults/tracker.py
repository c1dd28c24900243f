"""The service desk's side: a door that may be shut, and what really stands in the tracker."""

import asyncio
import contextlib
import socket
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from aiohttp import ClientSession, encode_basic_auth

from tests.peers.roundup import MOUNT, RoundupPeer
from tests.running import Page


def to_roundup(page: Page, peer: RoundupPeer) -> None:
    """Sales go to Roundup; everything else stays as app.yaml has it."""
    page["desks"]["roundup"] = {"web_url": peer.web_url, "timeout_seconds": 2}
    page["handoffs"]["sales"] = {"desk": "roundup", "queue": "sales"}


def variables(peer: RoundupPeer, address: str = "", **more: str) -> dict[str, str]:
    """`address` is what stands between us and the tracker."""
    return {
        "ROUNDUP_API_URL": f"{address or peer.address}{MOUNT}/rest",
        "ROUNDUP_USER": peer.user,
        "ROUNDUP_PASSWORD": peer.password,
        **more,
    }


async def issues(peer: RoundupPeer, words: str) -> list[str]:
    """Titles with `words`, as the tracker itself tells them, beside our connector."""
    login = {"Authorization": encode_basic_auth(peer.user, peer.password)}
    query = {"title": words, "@fields": "title"}
    async with (
        ClientSession() as session,
        session.get(f"{peer.web_url}rest/data/issue", headers=login, params=query) as reply,
    ):
        return [issue["title"] for issue in (await reply.json())["data"]["collection"]]


@dataclass(slots=True)
class Gate:
    """A port where nobody listens until `open`; then all goes through to `upstream`."""

    upstream: str
    # Bound from the beginning, since a free port may be anybody's a moment later.
    _place: socket.socket = field(default_factory=socket.socket)
    _server: asyncio.Server | None = None
    _pipes: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._place.getsockname()[1]}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._through, sock=self._place)

    async def __aenter__(self) -> Self:
        self._place.bind(("127.0.0.1", 0))
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.close()
        for pipe in self._pipes:
            pipe.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)
        self._place.close()

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = urlsplit(self.upstream)
        far_reader, far_writer = await asyncio.open_connection(there.hostname, there.port)
        for source, sink in ((reader, far_writer), (far_reader, writer)):
            pipe = asyncio.create_task(_pour(source, sink))
            self._pipes.add(pipe)
            pipe.add_done_callback(self._pipes.discard)


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        try:
            while piece := await source.read(65536):
                sink.write(piece)
                await sink.drain()
        finally:
            sink.close()
