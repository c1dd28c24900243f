"""SQLite under the record: one writer thread, a few reading threads beside it (WAL)."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError

from bot.errors import Unavailable
from storage.keeping import See, keep
from storage.sqlite_file import OpenFile, path_of, read_only_uri, require_file, require_writable
from storage.writer import Job, Writer, raw, refuses_change, unavailable

READERS: Final = 4
BUSY_SECONDS: Final = 10.0


class Sqlite:
    def __init__(self, url: str, *, reading: bool = False) -> None:
        """`reading`: there is no writer, and nothing is made beside the file."""
        self._engine = sqlite_engine(url, reading=reading)
        self._writer: Writer | None = None
        if not reading:
            conn = _connected(self._engine)
            self._writer = Writer(conn, before_commit=OpenFile(path_of(url)).require)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="storage-reader")
        self._own = threading.local()
        self._opened: list[Connection] = []
        self._closed = False

    @property
    def dialect(self) -> str:
        return self._engine.dialect.name

    async def write(self, job: Job) -> Any:
        if self._writer is None:
            raise Unavailable("database", "it is open for reading only")
        # The job is the writer's from here: a cancelled caller stops waiting, never the job.
        return await self._writer.submit(job)

    async def look(self, see: See) -> Any:
        def job(conn: Connection) -> Any:
            seen, keepsake = see(conn)
            return seen if keep(conn, keepsake) else None

        return await self.write(job)

    async def read(self, job: Job) -> Any:
        if self._closed:
            raise Unavailable("database", "closed")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._read, job)

    async def glance(self, job: Job) -> Any:
        return await self.read(job)

    async def close(self) -> None:
        self._closed = True
        if self._writer is not None:
            await asyncio.to_thread(self._writer.close)
        await asyncio.to_thread(self._readers.shutdown)
        for conn in self._opened:
            conn.close()
        self._engine.dispose()

    def _read(self, job: Job) -> Any:
        """All of the job sees one moment, whatever the writer does meanwhile."""
        conn = self._reader()
        raw(conn).execute("BEGIN")
        try:
            return job(conn)
        except (DatabaseError, sqlite3.Error) as error:
            # A change asked of a reader is a defect of ours, and no read-only disk.
            ours = None if refuses_change(error) else unavailable(error)
            if ours is None:
                raise
            raise ours from error
        finally:
            raw(conn).rollback()

    def _reader(self) -> Connection:
        conn: Connection | None = getattr(self._own, "conn", None)
        if conn is None:
            conn = self._own.conn = _connected(self._engine)
            raw(conn).execute("PRAGMA query_only = ON")
            self._opened.append(conn)
        return conn


def sqlite_engine(url: str, *, make: bool = False, reading: bool = False) -> Engine:
    """`make` begins the file, readable by its owner alone, where there is none."""
    path = path_of(url)
    if not reading:
        require_writable(path)
    if make:
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    require_file(path)
    engine = create_engine(
        make_url(url).set(drivername="sqlite+pysqlite"),
        # The driver begins nothing by itself: BEGIN IMMEDIATE and savepoints are ours.
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        # Else a failing statement would carry people's words into a log.
        hide_parameters=True,
        max_overflow=READERS,
    )
    if reading:
        event.listen(engine, "do_connect", _opener(read_only_uri(path)))
    else:
        event.listen(engine, "connect", _prepare)
    return engine


def _opener(uri: str) -> Callable[..., sqlite3.Connection]:
    def connect(_dialect: object, _record: object, _args: object, options: Any) -> Any:
        return sqlite3.connect(uri, uri=True, **options)

    return connect


def _prepare(driver: sqlite3.Connection, _record: object) -> None:
    driver.execute("PRAGMA journal_mode = WAL")
    # Affordable, since a whole group of jobs waits for the disk once.
    driver.execute("PRAGMA synchronous = FULL")
    driver.execute("PRAGMA foreign_keys = ON")
    # In KiB. With the usual 2 MB a batch of hundred cases writes its pages before its commit; with
    # much more each connection grows for hours, until its share of the database is in memory.
    driver.execute("PRAGMA cache_size = -8192")
    # A job's savepoint keeps the pages that the job changes: not in a file of its own.
    driver.execute("PRAGMA temp_store = MEMORY")
    # In pages, 16 MB: a page that many commits changed is carried into the database once.
    driver.execute("PRAGMA wal_autocheckpoint = 4000")


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except DatabaseError as error:
        raise (unavailable(error) or error) from error
