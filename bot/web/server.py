"""uvicorn inside our own loop: it comes and goes with the bot, which alone listens to signals."""

import asyncio
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, Protocol

import uvicorn
from starlette.types import ASGIApp

from bot.errors import Misconfigured


class Start(Protocol):
    """`asyncio.create_task`, or one who also watches what was started."""

    def __call__(self, work: Coroutine[Any, Any, None], /, *, name: str) -> asyncio.Task[None]: ...


class _Server(uvicorn.Server):
    """Ends as soon as all are answered, where uvicorn looks round ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # the bot drains on SIGTERM and ends us then

    def end(self) -> None:
        self.should_exit = True
        self._told.set()

    async def main_loop(self) -> None:
        # Zero each time: uvicorn counts tenths of seconds, and at full ones it sets its clock.
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), 1.0)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listening in (*self.servers, *(sockets or ())):
            listening.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                state = self.server_state
                while state.connections or state.tasks:  # noqa: ASYNC110  # it has no event
                    await asyncio.sleep(0.005)
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()


def _listener(host: str, port: int) -> socket.socket:
    """asyncio turns Nagle's delay off only where a socket says that it is TCP.

    `socket.create_server` leaves that open, and each answer then waits 40 ms for its packet.
    """
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError:
        listener.close()
        raise
    return listener


@asynccontextmanager
async def serve(
    app: ASGIApp, *, host: str, port: int, start: Start = asyncio.create_task
) -> AsyncIterator[str]:
    """Listening while the context lasts; gives the base URL. Port 0 takes any that is free."""
    try:
        listener = _listener(host, port)
    except OSError as error:
        reason = f"USHER_HTTP: cannot listen on {host}:{port}: {error.strerror or error}."
        raise Misconfigured((reason,)) from error
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )
    server = _Server(config)
    running = start(server.serve(sockets=[listener]), name="the web door")
    try:
        while not server.started and not running.done():  # noqa: ASYNC110  # it has no event
            await asyncio.sleep(0.005)
        if not server.started:
            reason = f"USHER_HTTP: cannot serve on {host}:{port}: {running.exception()}."
            raise Misconfigured((reason,)) from running.exception()
        yield f"http://{host}:{listener.getsockname()[1]}"
    finally:
        server.end()
        await asyncio.wait({running})
        listener.close()
