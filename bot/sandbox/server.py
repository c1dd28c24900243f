"""The loopback server: Slack, X and the page on one port, started inside the running loop."""

import asyncio
import socket
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, Unpack

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox.driver import Person
from bot.sandbox.http_mode import HttpMode, NotVerified
from bot.sandbox.records import Clock
from bot.sandbox.serving import Server
from bot.sandbox.sim import Sim
from bot.sandbox.socket_mode import FOR_EVER, Lives, SocketMode
from bot.sandbox.web_api.door import Door
from bot.sandbox.workspace import Rules, Workspace
from bot.sandbox.x_api import XNetwork

PAGE = Path(__file__).parent / "static"
HOST = "127.0.0.1"


def utc_now() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """`port=0` takes a free one. In mode "http" there are no sockets, and nothing is told before
    `speak_http`. `lives` makes sockets age. `rules` are Workspace's own.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        clock: Clock = utc_now,
        mode: Literal["socket", "http"] = "socket",
        ack_seconds: float = 3.0,
        strict_acks: bool = False,
        lives: Lives = FOR_EVER,
        **rules: Unpack[Rules],
    ) -> None:
        self._port = port
        self._mode = mode
        self.workspace = Workspace(clock=clock, **rules)
        self.told = self.workspace.journal.told
        self.x = XNetwork(clock)
        self.sockets = SocketMode(
            self.workspace.journal,
            clock=clock,
            ack_seconds=ack_seconds,
            strict_acks=strict_acks,
            lives=lives,
        )
        self._ack_seconds = ack_seconds
        self.requests: HttpMode | None = None
        self._sim = Sim(self.workspace, self.x)
        self.base_url = ""

    @property
    def slack_api_url(self) -> str:
        return f"{self.base_url}/api/"

    @property
    def x_api_url(self) -> str:
        return f"{self.base_url}/x"

    def environment(self) -> dict[str, str]:
        socket = {"SLACK_APP_TOKEN": self.workspace.app_token} if self._mode == "socket" else {}
        return {
            "SLACK_API_URL": self.slack_api_url,
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            **socket,
            "SLACK_SIGNING_SECRET": self.workspace.signing_secret,
            "X_API_URL": self.x_api_url,
            "X_BEARER_TOKEN": self.x.bearer,
            "X_USER_ID": "1000",
        }

    def person(self, name: str) -> Person:
        return Person(self.workspace, name)

    async def connected(self, *, timeout: float = 5.0, count: int = 1) -> None:  # noqa: ASYNC109 - a test's patience
        """Returns once the app holds that many sockets; TimeoutError when it does not."""

        def enough() -> bool | None:
            return True if self.sockets.count >= count else None

        if await self.workspace.bell.until(enough, timeout=timeout) is None:
            raise TimeoutError(f"the app holds {self.sockets.count} sockets, not {count}")

    async def speak_http(self, request_url: str) -> None:
        """Checks the URL as Slack does (NotVerified tells what is wrong), then posts to it."""
        secret = self.workspace.signing_secret
        requests = HttpMode(request_url, secret=secret, ack_seconds=self._ack_seconds)
        try:
            await requests.verify()
        except NotVerified:
            await requests.close()
            raise
        if self.requests:
            await self.requests.close()
        self.requests = self.workspace.deliveries.link = requests

    async def drop_sockets(self) -> None:
        await self.sockets.drop()

    async def refresh_sockets(self) -> None:
        await self.sockets.refresh()

    async def start(self) -> None:
        # Named as TCP, else asyncio leaves Nagle's delay on and every answer waits 40 ms.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, self._port))
        self._told(f"http://{HOST}:{listening.getsockname()[1]}")
        config = uvicorn.Config(
            Hangable(self._app()),
            ws="websockets-sansio",
            log_config=None,
            access_log=False,
            lifespan="off",
            proxy_headers=False,
            timeout_graceful_shutdown=1,
            ws_ping_interval=None,
        )
        self._server = Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        while not self._server.started:
            if self._serving.done():
                await self._serving
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        self._sim.close()
        await self.workspace.deliveries.stop()
        await self.sockets.drop()
        if self.requests:
            await self.requests.close()
        self._server.end()
        await self._serving

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    def _told(self, base_url: str) -> None:
        self.base_url = base_url
        self.sockets.base_url = base_url
        self.workspace.response_urls.base_url = base_url
        self.workspace.files.base_url = base_url
        if self._mode == "socket":
            self.workspace.ticket_url = self.sockets.ticket_url
            self.workspace.deliveries.link = self.sockets

    def _app(self) -> Starlette:
        door = Door(self.workspace)
        both = ["GET", "POST"]
        return Starlette(
            routes=[
                Route("/api/{method}", door.api, methods=both),
                Route("/response/{name}", door.response_url, methods=["POST"]),
                Route("/upload/{key}", self.workspace.files.take, methods=["POST"]),
                WebSocketRoute("/link", self.sockets.serve),
                Mount("/sim", routes=self._sim.routes()),
                Mount("/x", routes=self.x.routes()),
                Mount("/", Page(directory=PAGE, html=True)),
            ],
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])],
        )


class Page(StaticFiles):
    """Customers' words stand on this page, so that nothing from outside may run in it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Content-Security-Policy"] = "default-src 'self'"
        response.headers["Cache-Control"] = "no-store"
        return response


class Hangable:
    """Lets an endpoint cut its connection instead of answering, or stop hearing (half_open)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cycle = send.__self__  # type: ignore[attr-defined]  # uvicorn's own, not in ASGI's types
        scope["sandbox.transport"] = cycle.transport
        await self._app(scope, receive, send)
