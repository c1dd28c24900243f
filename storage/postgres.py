"""PostgreSQL under the record: the same synchronous jobs, on asyncpg through `run_sync`."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import Misconfigured, Unavailable
from storage.keeping import Looks, See
from storage.postgres_address import split
from storage.writer import Job

WRITERS: Final = 10
READERS: Final = 5
TRIES: Final = 3
CONNECT_SECONDS: Final = 5.0
STATEMENT_SECONDS: Final = 15.0
# Serialization, deadlock, and the same inserted twice: the next try sees the other's rows.
TRY_AGAIN: Final = frozenset({"40001", "40P01", "23505"})
# Classes of SQLSTATE: connection lost, out of resources, told to go away, trouble with the disk.
OUTSIDE: Final = ("08", "53", "57", "58")
# Refused before anything was asked: a human must look at the address.
REFUSED: Final = {
    "28": "The database server refuses the user or the password of DATABASE_URL.",
    "3D": "The database server has no database of the name that DATABASE_URL gives.",
}


class Postgres:
    def __init__(self, url: str) -> None:
        self._writing = postgres_engine(url, size=WRITERS)
        self._reading = postgres_engine(url, size=READERS, reading=True)
        self._glancing = self._reading.execution_options(isolation_level="AUTOCOMMIT")
        each_alone = self._writing.execution_options(isolation_level="AUTOCOMMIT")
        self._looks = Looks(partial(self._run, each_alone, repeatable=True))
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    @property
    def dialect(self) -> str:
        return self._writing.dialect.name

    async def write(self, job: Job) -> Any:
        return await self._shielded(self._writing, job)

    async def look(self, see: See) -> Any:
        """A cancelled caller stops waiting, never the look."""
        if self._closed:
            raise Unavailable("database", "closed")
        try:
            return await self._looks.look(see)
        except DBAPIError as error:
            raise told(error) from error

    async def read(self, job: Job) -> Any:
        return await self._shielded(self._reading, job)

    async def glance(self, job: Job) -> Any:
        return await self._shielded(self._glancing, job)

    async def close(self) -> None:
        self._closed = True
        await self._looks.ended()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._writing.dispose()
        await self._reading.dispose()

    async def _shielded(self, engine: AsyncEngine, job: Job) -> Any:
        """A cancelled caller stops waiting, never the job."""
        if self._closed:
            raise Unavailable("database", "closed")
        task = asyncio.ensure_future(self._run(engine, job))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # Looked at, so that nobody complains about the error of a job whose caller has left.
            task.exception()

    async def _run(self, engine: AsyncEngine, job: Job, *, repeatable: bool = False) -> Any:
        for left in reversed(range(TRIES)):
            attempt = Attempt(engine, job, repeatable=repeatable)
            try:
                return await attempt.run()
            except DBAPIError as error:
                if left and attempt.may_again(error):
                    continue
                raise told(error, committing=attempt.committing) from error
            except PoolTimeout as error:
                raise Unavailable("database", "all connections are busy") from error
            except OSError as error:
                away, committing = reason_of(error), attempt.committing
                raise Unavailable("database", away, unknown_outcome=committing) from error
        raise AssertionError("unreachable: the last try returns or raises")


@dataclass(slots=True)
class Attempt:
    """One transaction, and what its failure means."""

    engine: AsyncEngine
    job: Job
    repeatable: bool = False
    """What it keeps is one statement, its own commit, that finds what a try before it kept."""
    committing: bool = False

    async def run(self) -> Any:
        conn = await self.engine.connect()
        try:
            return await conn.run_sync(self._whole)
        finally:
            # As itself: leaving a context would shield it, and this is shielded already.
            await conn.close()

    def _whole(self, conn: Connection) -> Any:
        self.committing = self.repeatable
        result = self.job(conn)
        self.committing = True
        conn.commit()
        return result

    def may_again(self, error: DBAPIError) -> bool:
        return _sqlstate(error) in TRY_AGAIN or (
            error.connection_invalidated and (self.repeatable or not self.committing)
        )


def told(error: DBAPIError, *, committing: bool = False) -> Exception:
    """The engine's own trouble in our words; a wrong statement of ours stays what it is."""
    state, lost = _sqlstate(error), error.connection_invalidated
    if refused := REFUSED.get(state[:2]):
        return Misconfigured((refused,))
    if not lost and state not in TRY_AGAIN and not state.startswith(OUTSIDE):
        return error
    # The server may have committed, and the line was cut before it could say so.
    unknown = lost and committing
    reason = f"{type(error.orig).__name__} {state}".strip()
    return Unavailable("database", reason, unknown_outcome=unknown)


def reason_of(error: OSError) -> str:
    """asyncpg's own words where the server speaks no TLS: they name the server and no more."""
    if isinstance(error, ConnectionError) and not error.errno:
        return str(error)
    return error.strerror or "it takes too long"


def postgres_engine(
    url: str,
    *,
    size: int = 1,
    reading: bool = False,
    statement_seconds: float | None = STATEMENT_SECONDS,
) -> AsyncEngine:
    """`reading`: the server itself refuses every change, and a transaction is one moment."""
    where, way = split(url)
    return create_async_engine(
        where.set(drivername="postgresql+asyncpg"),
        isolation_level="REPEATABLE READ" if reading else "READ COMMITTED",
        pool_size=size,
        # The one that was used last: its backend knows our statements, the others are asleep.
        pool_use_lifo=True,
        max_overflow=0,
        pool_timeout=STATEMENT_SECONDS,
        # Else a failing statement would carry people's words into a log.
        hide_parameters=True,
        connect_args={
            "dsn": way or None,
            "timeout": CONNECT_SECONDS,
            "command_timeout": statement_seconds,
            # Compiling a plan to machine code costs more than any of our short statements.
            "server_settings": {
                "application_name": "usher",
                "jit": "off",
                "default_transaction_read_only": "on" if reading else "off",
            },
        },
    )


def _sqlstate(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")
