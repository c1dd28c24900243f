"""Slack's side of Socket Mode: tickets, hello, envelopes, acks, refreshes and the limit of ten."""

import asyncio
import random
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.websockets import WebSocket

from bot.sandbox.connection import HOST, Connection
from bot.sandbox.deliveries import Answer, Attempt, Kind
from bot.sandbox.journal import Delivery, Journal
from bot.sandbox.records import Clock, Json, SlackError

MOST = 10
TICKET_LIFE = timedelta(seconds=30)
DEBUG_LIFE, NOTICE = 360.0, 10.0


@dataclass(slots=True)
class Sent:
    """An envelope on its way; it stays known after Slack's patience ended, to tell a late ack."""

    kind: Kind
    payload: Json
    over: Connection
    began: float
    answer: asyncio.Future[Json | None]


@dataclass(frozen=True, slots=True)
class Lives:
    """Seconds a socket lives, for ever where None; `debug` is for "&debug_reconnects=true"."""

    normal: float | None = None
    debug: float = DEBUG_LIFE
    notice: float = NOTICE


FOR_EVER = Lives()


class SocketMode:
    """`strict_acks` refuses an ack that comes over another connection than its envelope went.

    `pick` chooses the connection of a delivery; `claimed` is what hello says instead of the truth.
    """

    timeout_reason = "timeout"

    def __init__(
        self,
        journal: Journal,
        *,
        clock: Clock,
        ack_seconds: float = 3.0,
        strict_acks: bool = False,
        lives: Lives = FOR_EVER,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._strict_acks = strict_acks
        self._lives = lives
        self._tickets: dict[str, datetime] = {}
        self._connections: list[Connection] = []
        self._sent: dict[str, Sent] = {}
        self._opened = 0
        self.ack_seconds = ack_seconds
        self.pick: Callable[[Sequence[Connection]], Connection] = random.choice
        self.claimed: int | None = None
        self.base_url = ""

    @property
    def connected(self) -> bool:
        return bool(self._connections)

    @property
    def connections(self) -> tuple[Connection, ...]:
        return tuple(self._connections)

    @property
    def count(self) -> int:
        return len(self._connections)

    def ticket_url(self) -> str:
        if not self.base_url:
            raise SlackError("internal_error")
        ticket = str(uuid.uuid4())
        self._tickets[ticket] = self._clock() + TICKET_LIFE
        address = self.base_url.replace("http://", "ws://", 1)
        return f"{address}/link?ticket={ticket}&app_id=A0USHER"

    async def serve(self, socket: WebSocket) -> None:
        """The life of one connection, from its ticket to its end."""
        self._opened += 1
        until = self._tickets.pop(socket.query_params.get("ticket", ""), None)
        connection = Connection(socket, self._opened, self._journal, self._clock)
        if until is None or self._clock() > until:
            connection.note("refused", "invalid ticket")
            await socket.close(code=4001, reason="invalid ticket")
            return
        await socket.accept()
        if self.count >= MOST:
            await connection.disconnect("too_many_websockets")
            await connection.close()
            return
        await self._live(connection)

    async def deliver(self, kind: Kind, payload: Json, *, attempt: Attempt) -> Answer:
        """To any one live connection, as Slack does."""
        connection = self.pick(self._connections)
        envelope_id = str(uuid.uuid4())
        answer: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self._sent[envelope_id] = Sent(kind, payload, connection, began, answer)
        if not await connection.send(envelope(envelope_id, kind, payload, attempt)):
            return Answer("unconnected", reason="connection_failed")
        try:
            async with asyncio.timeout(self.ack_seconds):
                payload_back = await answer
        except TimeoutError:
            broken = connection.broken
            return Answer("timeout", ms=milliseconds(began), reason="timeout", fault=broken)
        del self._sent[envelope_id]
        return Answer("acked", payload_back, milliseconds(began))

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to come again, as Slack does every few hours."""
        for connection in self.connections:
            if reason == "refresh_requested":
                connection.ages(life=0.0, notice=self._lives.notice)
            else:
                await connection.disconnect(reason)

    async def drop(self) -> None:
        """Cuts every connection without a word."""
        for connection in self.connections:
            self._connections.remove(connection)
            await connection.close(1011)
        self._journal.bell.ring()

    async def _live(self, connection: Connection) -> None:
        self._connections.append(connection)
        hello = self._hello()
        await connection.send(hello)
        connection.note("opened", f"num_connections {hello['num_connections']}")
        debug = connection.socket.query_params.get("debug_reconnects") == "true"
        life = self._lives.debug if debug else self._lives.normal
        if life is not None:
            connection.ages(life=life, notice=self._lives.notice)
        try:
            while (frame := await connection.read()) is not None:
                self._acked(connection, frame)
        finally:
            if connection in self._connections:
                self._connections.remove(connection)
            connection.buried()

    def _acked(self, connection: Connection, frame: Json) -> None:
        sent = self._sent.get(str(frame.get("envelope_id", "")))
        if sent is None or (self._strict_acks and sent.over is not connection):
            return
        given = frame.get("payload")
        ack = given if isinstance(given, dict) else None
        if not sent.answer.done():
            sent.answer.set_result(ack)
        elif sent.answer.cancelled():
            ms = milliseconds(sent.began)
            late = Delivery(self._clock(), sent.kind, sent.payload, ack, "late", ms)
            self._journal.append(late)

    def _hello(self) -> Json:
        debug = {**HOST, "build_number": 1, "approximate_connection_time": 18060}
        return {
            "type": "hello",
            "num_connections": self.count if self.claimed is None else self.claimed,
            "debug_info": debug,
            "connection_info": {"app_id": "A0USHER"},
        }


def envelope(envelope_id: str, kind: Kind, payload: Json, attempt: Attempt) -> Json:
    made: Json = {
        "envelope_id": envelope_id,
        "payload": payload,
        "type": kind,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        made |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
    return made


def milliseconds(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)
