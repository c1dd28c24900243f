"""The one thread that writes to SQLite, many jobs to a commit.

A commit waits for the disk, so jobs that came meanwhile share the next one. Each runs inside a
savepoint: its failure is its own. Nobody is told that a job succeeded before the commit did.
"""

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from bot.errors import Unavailable

MOST_IN_ONE_COMMIT: Final = 100
WRONG_SQL: Final = "SQLITE_ERROR"
READ_ONLY: Final = "SQLITE_READONLY"
REASONS: Final = {
    READ_ONLY: "its file or its disk is read-only",
    "SQLITE_NOTADB": "its file is no SQLite database",
    "SQLITE_CORRUPT": "its file is damaged",
}
"""By the beginning of the engine's name for it; for the rest the engine's own words do."""

Job = Callable[[Connection], Any]


@dataclass(slots=True)
class Fate:
    """Catches whatever went wrong inside, for the one who waits: this thread must live on."""

    error: BaseException | None = None

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self.error = unavailable(error) or error
        return True


@dataclass(slots=True)
class Ticket:
    """A job, who waits for it, and how it went."""

    job: Job
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    result: Any = None
    fate: Fate = field(default_factory=Fate)

    def settle(self) -> None:
        """On the loop's own thread. Who was cancelled meanwhile waits no longer."""
        if self.future.done():
            return
        if self.fate.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.fate.error)


class Writer:
    def __init__(self, conn: Connection, *, before_commit: Callable[[], None]) -> None:
        """`conn` is this writer's alone from now on, in the driver's autocommit mode.

        What `before_commit` raises undoes the whole group, and everybody in it hears of it.
        """
        self._conn = conn
        self._before_commit = before_commit
        self._queue: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="storage-writer", daemon=True)
        self._closed = False
        # Nothing is queued behind the last look into the queue: it would wait for ever.
        self._door = threading.Lock()
        self._thread.start()

    def submit(self, job: Job) -> asyncio.Future[Any]:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        with self._door:
            if self._closed:
                future.set_exception(Unavailable("database", "closed"))
            else:
                self._queue.put(Ticket(job, future, loop))
        return future

    def close(self) -> None:
        """Runs what is queued, then ends. Blocks until then."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        batch: list[Ticket] = []
        try:
            with self._conn:
                while (first := self._queue.get()) is not None:
                    batch, last = self._batch(first)
                    _commit(self._conn, batch, self._before_commit)
                    batch = []
                    if last:
                        return
        finally:
            self._refuse(batch)

    def _refuse(self, rest: list[Ticket]) -> None:
        """Nothing is left after `close`; after a sudden end nobody may wait for a dead thread."""
        with self._door:
            self._closed = True
            while queued := self._batch()[0]:
                rest = rest + queued
        for ticket in rest:
            ticket.fate.error = Unavailable("database", "the writer ended", unknown_outcome=True)
        _tell(rest)

    def _batch(self, *first: Ticket) -> tuple[list[Ticket], bool]:
        batch = [*first]
        while len(batch) < MOST_IN_ONE_COMMIT:
            try:
                ticket = self._queue.get_nowait()
            except queue.Empty:
                break
            if ticket is None:
                return batch, True
            batch.append(ticket)
        return batch, False


def _commit(conn: Connection, batch: list[Ticket], before: Callable[[], None]) -> None:
    whole = Fate()
    with whole:
        _group(conn, batch)
        before()
        raw(conn).execute("COMMIT")
    if whole.error is not None:
        # Where even this fails, the next BEGIN fails too and comes here again.
        with Fate():
            raw(conn).rollback()
        for ticket in batch:
            ticket.fate.error = ticket.fate.error or whole.error
    _tell(batch)


def _tell(batch: list[Ticket]) -> None:
    """One call a loop for the whole batch; a loop that is gone has nobody waiting."""
    for loop in {ticket.loop for ticket in batch}:
        mine = [ticket for ticket in batch if ticket.loop is loop]
        # RuntimeError: the loop is closed.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, mine)


def _group(conn: Connection, batch: list[Ticket]) -> None:
    run = raw(conn).execute
    run("BEGIN IMMEDIATE")
    for ticket in batch:
        run("SAVEPOINT job")
        with ticket.fate:
            ticket.result = ticket.job(conn)
        if not raw(conn).in_transaction:
            raise Unavailable("database", "the transaction ended early, as on a full disk")
        if ticket.fate.error is not None:
            run("ROLLBACK TO job")
        run("RELEASE job")


def _settle(batch: list[Ticket]) -> None:
    for ticket in batch:
        ticket.settle()


def raw(conn: Connection) -> sqlite3.Connection:
    """The driver's own connection, for words that are no statement of ours: BEGIN, SAVEPOINT."""
    driver: Any = conn.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("not a connection to SQLite")
    return driver


def unavailable(error: BaseException | None) -> Unavailable | None:
    """The engine's own trouble in our words; None for all else, a wrong statement of ours too."""
    trouble, name = _trouble(error)
    reason = next((said for start, said in REASONS.items() if name.startswith(start)), "")
    # The driver's own errors have no name from the engine.
    if not reason and (name == WRONG_SQL or not isinstance(trouble, sqlite3.OperationalError)):
        return None
    ours = Unavailable("database", reason or str(trouble))
    ours.__cause__ = error
    return ours


def refuses_change(error: BaseException) -> bool:
    """Whether it was for reading only, be it a connection or the disk."""
    return _trouble(error)[1].startswith(READ_ONLY)


def _trouble(error: BaseException | None) -> tuple[BaseException | None, str]:
    """What the driver said, and the engine's name for it."""
    trouble = error.orig if isinstance(error, DatabaseError) else error
    return trouble, str(getattr(trouble, "sqlite_errorname", ""))
