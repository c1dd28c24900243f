"""One web socket to Slack, from opening to end: what it hears, and how we know that it does.

Slack's library renews a socket by itself, at once and for ever, which can loop and which leaves
dead ones behind. A line is opened once: it ends and says why, and its keeper opens the next one.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import time

import aiohttp
import msgspec
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.errors import Unavailable
from bot.slack.bolt import answer_to
from bot.slack.border import ask

RENEWED = frozenset({"warning", "refresh_requested", "recount", "doubted", "quiet"})
"""Why a line ends that may still hear: the next one is opened before it is closed."""
CLOSING_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a line is given before it counts as deaf, in seconds; `missed` are envelopes.

    `missed`: so many may come over each other line while this one hears none. That is proof.
    A few of them (`doubts`) with a `silence` are a doubt, and so is one that was `quiet` for long:
    where few people press, no other line is a witness. What is doubted is only renewed, which costs
    nothing where it was well, since one of two hears none of six by mere chance now and then.
    Answered pings prove nothing: they end at Slack's door, and what people press comes from behind.
    """

    ping: float = 10.0
    hello: float = 10.0
    pong: float = 35.0
    missed: int = 20
    doubts: int = 6
    silence: float = 60.0
    quiet: float = 600.0
    look: float = 1.0
    first_wait: float = 1.0
    longest_wait: float = 60.0
    recount: float = 600.0

    def backoff(self, failures: int) -> float:
        """Before the next try: doubling; none before the first."""
        return min(self.first_wait * 2.0 ** (failures - 1), self.longest_wait) if failures else 0.0


WORKING = Hearing()


class _Client(SocketModeClient):
    """The library's own, but where it would connect anew it only says why."""

    over: Callable[[str], None]

    async def enqueue_message(self, message: str) -> None:
        """In the order of what Slack sends: why it will close comes before it closes."""
        if "disconnect" in message:
            frame = msgspec.json.decode(message)
            if isinstance(frame, dict) and frame.get("type") == "disconnect":
                self.over(str(frame.get("reason") or "disconnect"))
                return
        await super().enqueue_message(message)


class Line:
    """`heard` is called for each envelope. What it answers is Bolt's, over this same socket."""

    def __init__(
        self, app: AsyncApp, app_token: str, *, hearing: Hearing, heard: Callable[["Line"], None]
    ) -> None:
        self.since = 0.0
        self.told = 0
        """How many connections of this app Slack counted when it greeted us."""
        self.missed = 0
        self.heard_at = 0.0
        """By the loop's clock; an envelope, or Slack's greeting before the first one."""
        self.doubted = False
        self.takes = True
        """Nothing more is taken in once this is False."""
        self._app, self._token, self._hearing, self._heard = app, app_token, hearing, heard
        self._ended = ""
        self._changed = asyncio.Event()
        self._pong: tuple[float | None, float] = (None, 0.0)
        self._under_way: set[asyncio.Task[None]] = set()
        self._client = _Client(
            app_token=app_token,
            logger=app.logger,
            web_client=app.client,
            auto_reconnect_enabled=False,
            ping_interval=hearing.ping,
        )
        self._client.over = self._over
        self._client.on_close_listeners.append(self._closed)
        self._client.message_listeners.append(self._greeted)
        self._client.socket_mode_request_listeners.append(self._take)

    async def open(self) -> None:
        """Returns once Slack has greeted us. Unavailable or Misconfigured: this line is over."""
        opened = await ask(self._app.client.apps_connections_open, app_token=self._token)
        try:
            async with asyncio.timeout(self._hearing.hello):
                self._client.wss_uri = str(opened.get("url"))
                await self._client.connect()  # type: ignore[no-untyped-call]  # unannotated in slack_sdk
                while not (self.told or self._ended):
                    await self._changed.wait()
                    self._changed.clear()
        except TimeoutError as silent:
            raise Unavailable("slack", "it does not greet a new connection") from silent
        if self._ended:
            raise Unavailable("slack", self._ended)
        now = asyncio.get_running_loop().time()
        self.since, self.heard_at, self._pong = now, now, (None, now)

    async def end(
        self, *, others: Callable[[], int], crowded: Callable[[], bool], turn: Callable[[], bool]
    ) -> str:
        """Waits until it hears no more, or should be renewed; why.

        `turn` is asked where it heard nothing for long, which may be true of all at one moment.
        """
        while not (why := self._why(others(), crowded=crowded()) or self._quiet(turn)):
            self._changed.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), self._hearing.look)
        self.doubted = why == "doubted"
        return why

    @property
    def stands(self) -> bool:
        session = self._client.current_session
        return session is not None and not session.closed

    async def drain(self, *, seconds: float) -> None:
        """Lets what is under way be answered."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)

    async def close(self) -> None:
        """With all that the library keeps running for it. A dead socket does not hold us up."""
        client = self._client
        with suppress(TimeoutError, aiohttp.ClientError, OSError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await client.close()  # type: ignore[no-untyped-call]  # unannotated in slack_sdk
        await client.aiohttp_client_session.close()
        left = (client.message_processor, client.current_session_monitor, client.message_receiver)
        running = [task for task in left if task is not None]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _why(self, others: int, *, crowded: bool) -> str:
        now, pong = asyncio.get_running_loop().time(), self._client.last_ping_pong_time
        if self._ended or not self.stands:
            return self._ended or "closed"
        if pong != self._pong[0]:
            self._pong = (pong, now)
        if now - self._pong[1] > self._hearing.pong:
            return "no pong"
        # With many others a line may hear nothing for long by mere chance.
        if others and self.missed >= self._hearing.missed * others:
            return "deaf"
        silent = now - self.heard_at > self._hearing.silence
        if others and silent and self.missed >= self._hearing.doubts * others:
            return "doubted"
        return "recount" if crowded and now - self.since > self._hearing.recount else ""

    def _quiet(self, turn: Callable[[], bool]) -> str:
        silence = asyncio.get_running_loop().time() - self.heard_at
        return "quiet" if silence > self._hearing.quiet and turn() else ""

    def _over(self, why: str) -> None:
        self._ended = self._ended or why
        self._changed.set()

    async def _closed(self, _message: aiohttp.WSMessage) -> None:
        self._over("closed")

    async def _greeted(
        self, _client: AsyncBaseSocketModeClient, message: dict[str, object], _raw: str | None
    ) -> None:
        if message.get("type") == "hello":
            counted = message.get("num_connections")
            self.told = counted if isinstance(counted, int) and counted > 0 else 1
            self._changed.set()

    async def _take(self, _client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self._heard(self)
        if not self.takes:
            return
        task = asyncio.ensure_future(self._answer(request))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.shield(task)

    async def _answer(self, request: SocketModeRequest) -> None:
        began = time()
        try:
            response = await run_async_bolt_app(self._app, request)
        except Exception as unknown:  # noqa: BLE001  an edge: Bolt itself fails on odd shapes
            body = answer_to(unknown, request.payload or {})
            response = BoltResponse(status=200, body=body)
        await send_async_response(self._client, request, response, began)
