"""The database as the rest of the house sees it: give it a plain function, get back its result.

A verb's transaction is one synchronous function over nouns. Which engine runs it, and how, is
decided by the URL and known to nobody outside.
"""

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Protocol, TypeVar, cast

from sqlalchemy import Connection

from bot.model.clock import Clock
from bot.model.delivery import DeliveryKind
from storage.keeping import Keepsake, See
from storage.migrations import migrate
from storage.noun import Scope
from storage.opening import holds_key, keep_key, require_head, require_possible
from storage.postgres import Postgres
from storage.sqlite import Sqlite
from storage.sqlite_file import path_of, require_writable
from storage.unit_of_work import Records, Technical, UnitOfWork
from storage.vault import Vault
from storage.writer import Job

__all__ = ["Database", "Records", "Technical", "UnitOfWork", "Vault", "migrate"]

T = TypeVar("T")
U = TypeVar("U", bound=Technical | UnitOfWork)


class Engine(Protocol):
    """Each job whole or not at all, and never stopped by a cancelled caller."""

    @property
    def dialect(self) -> str: ...
    async def write(self, job: Job) -> object: ...
    async def look(self, see: See) -> object: ...
    async def read(self, job: Job) -> object: ...
    async def glance(self, job: Job) -> object: ...
    async def close(self) -> None: ...


class Database:
    def __init__(self, engine: Engine, *, vault: Vault, clock: Clock) -> None:
        self._engine = engine
        self._vault = vault
        self._clock = clock
        self.dialect = engine.dialect
        self._tell: Callable[[frozenset[DeliveryKind]], None] = lambda _kinds: None

    @classmethod
    async def open(
        cls, url: str, *, vault: Vault, clock: Clock, reading: bool = False
    ) -> "Database":
        """Misconfigured when it is not migrated, or was sealed with another key.

        `reading`: nothing is written, neither in it nor beside it.
        """
        engine = _engine(url, reading=reading)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(engine.close)
            await engine.read(require_head)
            if not await engine.read(lambda conn: holds_key(conn, vault)) and not reading:
                await engine.write(lambda conn: keep_key(conn, vault))
            stack.pop_all()
        return cls(engine, vault=vault, clock=clock)

    @staticmethod
    async def look(url: str, *, vault: Vault) -> None:
        """Raises what would stop a start; changes nothing. What the start itself makes is well."""
        if url.startswith("sqlite"):
            require_writable(path_of(url))
            if not path_of(url).exists():
                return
        engine = _engine(url, reading=True)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(engine.close)
            await engine.read(lambda conn: require_possible(conn, vault))

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """One transaction. UnrecordedChange, and nothing kept, when it changed rows without a line.

        PostgreSQL may run `work` again after a deadlock: it must do nothing but ask its unit.
        """
        return await self._wishing(work, UnitOfWork, UnitOfWork.finish)

    def on_wish(self, tell: Callable[[frozenset[DeliveryKind]], None]) -> None:
        """`tell` hears after a commit which kinds of delivery it asked for; one listener."""
        self._tell = tell

    async def technical(self, work: Callable[[Technical], T]) -> T:
        """Leases, delivery bookkeeping, heartbeats, purging: rows that are nobody's business."""
        return await self._wishing(work, Technical, lambda _unit: None)

    async def read_on_record(self, work: Callable[[Records], tuple[T, Keepsake]]) -> T | None:
        """For a visit that changes nothing and is recorded; None when it was kept before.

        UnrecordedChange where it changes. On PostgreSQL it reads as a `glance` does.
        """

        def see(conn: Connection) -> tuple[T, Keepsake]:
            return work(Records(self._scope(conn, looks=True)))

        return cast("T | None", await self._engine.look(see))

    async def read(self, work: Callable[[Records], T]) -> T:
        """One moment of the database, beside the writer; the engine refuses every change."""
        return cast("T", await self._engine.read(lambda conn: work(Records(self._scope(conn)))))

    async def glance(self, work: Callable[[Records], T]) -> T:
        """As `read`, for what a single statement tells: two of them may see two moments.

        On PostgreSQL that is one message there and back, where a transaction takes three.
        """
        return cast("T", await self._engine.glance(lambda conn: work(Records(self._scope(conn)))))

    async def close(self) -> None:
        """Waits for what was begun."""
        await self._engine.close()

    async def _wishing(
        self, work: Callable[[U], T], kind: Callable[[Scope], U], finish: Callable[[U], None]
    ) -> T:
        """Write, and once it is committed tell which deliveries it wished for."""
        wished: set[DeliveryKind] = set()

        def job(conn: Connection) -> T:
            scope = self._scope(conn)
            unit = kind(scope)
            result = work(unit)
            finish(unit)
            # Taken over, not added to: the work may have run before, in vain.
            wished.clear()
            wished.update(scope.wished)
            return result

        result = cast("T", await self._engine.write(job))
        if wished:
            self._tell(frozenset(wished))
        return result

    def _scope(self, conn: Connection, *, looks: bool = False) -> Scope:
        return Scope(conn=conn, now=self._clock(), vault=self._vault, looks=looks)


def _engine(url: str, *, reading: bool) -> Engine:
    return Sqlite(url, reading=reading) if url.startswith("sqlite") else Postgres(url)
