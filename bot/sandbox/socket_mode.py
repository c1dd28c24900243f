"""Slack's side of Socket Mode: tickets, hello, envelopes, acks, refreshes and the limit of ten."""

import asyncio
import random
import time
import uuid
from dataclasses import dataclass

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.sandbox.deliveries import Answer, Attempt, Kind
from bot.sandbox.journal import Delivery, Journal
from bot.sandbox.records import Json, SlackError

MOST = 10
HOST = {"host": "applink-1"}


@dataclass(eq=False, slots=True)
class Connection:
    socket: WebSocket

    async def send(self, frame: Json) -> bool:
        """False when the other side is already gone."""
        try:
            await self.socket.send_text(orjson.dumps(frame).decode())
        except (RuntimeError, WebSocketDisconnect):
            return False
        return True


@dataclass(slots=True)
class Sent:
    """An envelope on its way; it stays known after Slack's patience ended, to tell a late ack."""

    kind: Kind
    payload: Json
    over: Connection
    began: float
    answer: asyncio.Future[Json | None]


class SocketMode:
    """`strict_acks` refuses an ack that comes over another connection than its envelope went."""

    def __init__(
        self, journal: Journal, *, ack_seconds: float = 3.0, strict_acks: bool = False
    ) -> None:
        self._journal = journal
        self._ack_seconds = ack_seconds
        self._strict_acks = strict_acks
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []
        self._sent: dict[str, Sent] = {}
        self.changed = asyncio.Event()
        self.base_url = ""

    @property
    def connected(self) -> bool:
        return bool(self._connections)

    @property
    def count(self) -> int:
        return len(self._connections)

    def ticket_url(self) -> str:
        if not self.base_url:
            raise SlackError("internal_error")
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        address = self.base_url.replace("http://", "ws://", 1)
        return f"{address}/link?ticket={ticket}&app_id=A0USHER"

    async def serve(self, socket: WebSocket) -> None:
        """The life of one connection, from its ticket to its end."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(code=4001, reason="invalid ticket")
            return
        self._tickets.discard(ticket)
        await socket.accept()
        connection = Connection(socket)
        if self.count >= MOST:
            await connection.send(disconnect("too_many_websockets"))
            await socket.close()
            return
        self._connections.append(connection)
        await connection.send(self._hello())
        self._ring()
        try:
            while True:
                self._acked(connection, orjson.loads(await socket.receive_text()))
        except WebSocketDisconnect:
            pass
        finally:
            if connection in self._connections:
                self._connections.remove(connection)
            self._ring()

    async def deliver(self, kind: Kind, payload: Json, *, attempt: Attempt) -> Answer:
        """To any one live connection, as Slack does."""
        connection = random.choice(self._connections)  # noqa: S311 - not a secret
        envelope_id = str(uuid.uuid4())
        answer: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self._sent[envelope_id] = Sent(kind, payload, connection, began, answer)
        if not await connection.send(envelope(envelope_id, kind, payload, attempt)):
            return Answer("unconnected", reason="connection_failed")
        try:
            async with asyncio.timeout(self._ack_seconds):
                payload_back = await answer
        except TimeoutError:
            return Answer("timeout", ms=milliseconds(began), reason="timeout")
        del self._sent[envelope_id]
        return Answer("acked", payload_back, milliseconds(began))

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to come again, as Slack does every few hours."""
        for connection in list(self._connections):
            await connection.send(disconnect(reason))

    async def drop(self) -> None:
        """Cuts every connection without a word."""
        for connection in list(self._connections):
            self._connections.remove(connection)
            if connection.socket.application_state is WebSocketState.CONNECTED:
                await connection.socket.close(code=1011)
        self._ring()

    def _acked(self, connection: Connection, frame: Json) -> None:
        sent = self._sent.get(str(frame.get("envelope_id", "")))
        if sent is None or (self._strict_acks and sent.over is not connection):
            return
        if not sent.answer.done():
            sent.answer.set_result(frame.get("payload"))
        elif sent.answer.cancelled():
            ack, ms = frame.get("payload"), milliseconds(sent.began)
            self._journal.append(Delivery(sent.kind, sent.payload, ack, "late", ms))

    def _hello(self) -> Json:
        debug = {**HOST, "build_number": 1, "approximate_connection_time": 18060}
        return {
            "type": "hello",
            "num_connections": self.count,
            "debug_info": debug,
            "connection_info": {"app_id": "A0USHER"},
        }

    def _ring(self) -> None:
        waiting, self.changed = self.changed, asyncio.Event()
        waiting.set()


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


def disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": HOST}


def milliseconds(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)
