"""A bad line to a good server: hangs up after the deed, answers late, or answers for the server."""

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import ClientSession, web

HOP_BY_HOP = {"connection", "content-length", "transfer-encoding", "date"}


@dataclass(frozen=True, slots=True)
class _Trouble:
    method: str
    part_of_path: str
    kind: str
    seconds: float = 0.0
    status: int = 0
    body: bytes = b""


@dataclass(slots=True)
class LossyProxy:
    """`url` passes all on to `upstream`; each trouble befalls the next call it is meant for."""

    upstream: str
    url: str = ""
    calls: list[str] = field(default_factory=list)
    """"POST /path" of all that came by, in order."""
    _troubles: list[_Trouble] = field(default_factory=list)
    _runner: web.AppRunner | None = None
    _session: ClientSession | None = None

    def hangs_up_after(self, method: str, part_of_path: str = "") -> None:
        """The server does it, and nobody hears its answer."""
        self._troubles.append(_Trouble(method, part_of_path, "hang up"))

    def delays(self, method: str, part_of_path: str = "", *, seconds: float) -> None:
        """The call reaches the server only after that time."""
        self._troubles.append(_Trouble(method, part_of_path, "delay", seconds=seconds))

    def answers(self, method: str, part_of_path: str, status: int, body: bytes) -> None:
        """The call does not reach the server."""
        self._troubles.append(_Trouble(method, part_of_path, "answer", status=status, body=body))

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._pass)
        self._session = ClientSession(auto_decompress=False)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        assert self._runner is not None
        assert self._session is not None
        await self._runner.cleanup()
        await self._session.close()

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(f"{request.method} {request.path}")
        trouble = self._take(request)
        if trouble and trouble.kind == "answer":
            return web.Response(status=trouble.status, body=trouble.body)
        body = await request.read()
        if trouble and trouble.kind == "delay":
            await asyncio.sleep(trouble.seconds)
        answer = await self._forward(request, body)
        if trouble and trouble.kind == "hang up" and request.transport is not None:
            request.transport.abort()
        return answer

    async def _forward(self, request: web.Request, body: bytes) -> web.Response:
        assert self._session is not None
        headers = {name: said for name, said in request.headers.items() if name != "Host"}
        url = f"{self.upstream}{request.raw_path}"
        async with self._session.request(
            request.method, url, headers=headers, data=body or None
        ) as reply:
            kept = {n: said for n, said in reply.headers.items() if n.lower() not in HOP_BY_HOP}
            return web.Response(status=reply.status, headers=kept, body=await reply.read())

    def _take(self, request: web.Request) -> _Trouble | None:
        for trouble in self._troubles:
            if trouble.method == request.method and trouble.part_of_path in request.path:
                self._troubles.remove(trouble)
                return trouble
        return None
