"""One WebSocket of the app: what is sent on it, how old it grows, and how it may be broken."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

import orjson
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.journal import Journal, Socket
from bot.sandbox.packed import packed
from bot.sandbox.records import Clock, Json

HOST = {"host": "applink-1"}


@dataclass(eq=False, slots=True)
class Connection:
    """`broken` is "" or why nothing sent here arrives: "half_open" or "deaf"."""

    socket: WebSocket
    number: int
    journal: Journal
    clock: Clock
    broken: str = ""
    aging: set[asyncio.Task[None]] = field(default_factory=set)

    async def send(self, frame: Json) -> bool:
        """False when the other side is known to be gone; a broken one looks as if it took it."""
        if self.broken:
            return True
        try:
            await self.socket.send_text(packed(frame).decode())
        except (RuntimeError, WebSocketDisconnect):
            return False
        return True

    async def disconnect(self, reason: str) -> None:
        self.note("told", reason)
        await self.send({"type": "disconnect", "reason": reason, "debug_info": HOST})

    async def read(self) -> Json | None:
        """The next frame, empty where it is nonsense; None at the end."""
        message = await self.socket.receive()
        if self.broken == "half_open":
            self.half_open()  # uvicorn reads on after every frame
        if message["type"] == "websocket.disconnect":
            return None
        frame = decoded(message)
        if not frame:
            self.note("nonsense", str(message.get("text") or message.get("bytes")))
        return frame

    def deafen(self) -> None:
        """Slack sends into the void; pings are answered, so that the socket looks well."""
        self.broken = "deaf"

    def half_open(self) -> None:
        """Nothing arrives either way, not even the end: a ghost that Slack goes on counting."""
        self.broken = "half_open"
        self.socket.scope["sandbox.transport"].pause_reading()

    def ages(self, *, life: float, notice: float) -> None:
        """Warned, then asked to come anew, then closed, with `notice` seconds between."""
        task = asyncio.get_running_loop().create_task(self._age(life, notice))
        self.aging.add(task)

    def buried(self) -> None:
        """What is left to do once its reading has ended."""
        for task in self.aging:
            task.cancel()
        self.note("ended", self.broken)

    async def close(self, code: int = 1000) -> None:
        """Quiet also where the other side is gone already."""
        if self.broken == "half_open":
            self.socket.scope["sandbox.transport"].resume_reading()
        with suppress(RuntimeError, WebSocketDisconnect):
            await self.socket.close(code=code)

    def note(self, what: str, detail: str = "") -> None:
        self.journal.append(Socket(self.clock(), self.number, what, detail))

    async def _age(self, life: float, notice: float) -> None:
        if life > notice:
            await asyncio.sleep(life - notice)
            await self.disconnect("warning")
        await asyncio.sleep(min(life, notice))
        await self.disconnect("refresh_requested")
        await asyncio.sleep(notice)
        await self.close()


def decoded(message: Message) -> Json:
    try:
        frame = orjson.loads(message.get("text") or message.get("bytes") or b"")
    except ValueError:
        return {}
    return frame if isinstance(frame, dict) else {}
