"""A desk that is a file: to try Usher out, and to see what a desk would get.

One JSON line a ticket. A line cut short by a crash is passed over, and the next begins after it.
"""

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import IO, Any, Self

from aiohttp import ClientSession
from pydantic import BaseModel, ConfigDict

from bot.errors import Misconfigured, Unavailable
from bot.model.cleared import Cleared
from bot.model.clock import Clock
from bot.model.credentials import Credentials
from bot.model.handoff import Ticket, TicketRequest


class ConsoleSettings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Path


class Console:
    name = "console"

    def __init__(self, file: Path, clock: Clock) -> None:
        self._file = file
        self._clock = clock
        # Of threads, not tasks: a cancelled task leaves its thread writing.
        self._lock = Lock()

    @classmethod
    def make(
        cls,
        settings: ConsoleSettings,
        _credentials: Credentials,
        _session: ClientSession,
        clock: Clock,
    ) -> Self:
        return cls(settings.file, clock)

    async def find(self, key: str) -> Ticket | None:
        return await asyncio.to_thread(self._find, key)

    async def create(self, request: Cleared[TicketRequest]) -> Ticket:
        """A key that is in the file already gets its old ticket."""
        return await asyncio.to_thread(self._create, request.value)

    async def check(self) -> None:
        await asyncio.to_thread(self._open_and_close)

    async def close(self) -> None:
        """Nothing stays open between calls."""

    def _find(self, key: str) -> Ticket | None:
        with self._lock, self._opened() as file:
            return _ticket_of(key, file)

    def _create(self, request: TicketRequest) -> Ticket:
        with self._lock, self._opened() as file:
            known = _ticket_of(request.key, file)
            if known:
                return known
            numbers = [int(line["number"]) for line in _lines(file)]
            ticket = Ticket(str(max(numbers, default=0) + 1), url="")
            self._append(file, request, ticket)
            return ticket

    def _append(self, file: IO[bytes], request: TicketRequest, ticket: Ticket) -> None:
        line = {
            "number": ticket.number,
            "key": request.key,
            "at": self._clock().isoformat(),
            "queue": request.queue,
            "title": request.title,
            "body": request.body,
        }
        words = json.dumps(line, ensure_ascii=False).encode(errors="replace")
        try:
            file.write((b"\n" if _cut_short(file) else b"") + words + b"\n")
            file.flush()
        except OSError as error:
            reason = f"its file takes no more ({error.errno})"
            raise Unavailable("console desk", reason, unknown_outcome=True) from error

    def _open_and_close(self) -> None:
        with self._opened():
            pass

    def _opened(self) -> IO[bytes]:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            # It holds what colleagues wrote about customers: its owner alone reads it.
            return open(self._file, "a+b", opener=_owners)
        except (PermissionError, IsADirectoryError, NotADirectoryError, FileExistsError) as error:
            problem = (
                f"{self._file} cannot be written: give desks.console another file in app.yaml."
            )
            raise Misconfigured((problem,)) from error
        except OSError as error:
            raise Unavailable("console desk", f"its file does not open ({error.errno})") from error


def _owners(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _lines(file: IO[bytes]) -> Iterator[dict[str, Any]]:
    file.seek(0)
    for line in file:
        try:
            ticket = json.loads(line)
        except ValueError:
            continue
        if isinstance(ticket, dict) and str(ticket.get("number", "")).isdecimal():
            yield ticket


def _cut_short(file: IO[bytes]) -> bool:
    if file.seek(0, os.SEEK_END) == 0:
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _ticket_of(key: str, file: IO[bytes]) -> Ticket | None:
    found = next((line for line in _lines(file) if line.get("key") == key), None)
    return Ticket(str(found["number"]), url="") if found else None
