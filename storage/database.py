"""The database as the rest of the house sees it: give it a plain function, get back its result.

A verb's transaction is one synchronous function over nouns. Which engine runs it, and how, is
decided by the URL and known to nobody outside.
"""

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Protocol, TypeVar, cast

from sqlalchemy import Connection, inspect, select

from bot.errors import Misconfigured
from bot.model.clock import Clock
from bot.model.delivery import DeliveryKind
from storage.migrations import HEAD, migrate
from storage.noun import Scope, upsert
from storage.postgres import Postgres
from storage.sqlite import Sqlite
from storage.tables import vault_check
from storage.unit_of_work import Records, Technical, UnitOfWork
from storage.vault import NotOpened, Vault
from storage.writer import Job

__all__ = ["Database", "Records", "Technical", "UnitOfWork", "Vault", "migrate"]

T = TypeVar("T")
KEY_CHECK = upsert(vault_check, on=("name",))


class Engine(Protocol):
    """Each job whole or not at all, and never stopped by a cancelled caller."""

    @property
    def dialect(self) -> str: ...
    async def write(self, job: Job) -> object: ...
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
    async def open(cls, url: str, *, vault: Vault, clock: Clock) -> "Database":
        """Misconfigured when it is not migrated, or was sealed with another key."""
        engine: Engine = Sqlite(url) if url.startswith("sqlite") else Postgres(url)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(engine.close)
            await engine.read(_require_head)
            await engine.write(lambda conn: _require_key(conn, vault))
            stack.pop_all()
        return cls(engine, vault=vault, clock=clock)

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """One transaction. UnrecordedChange, and nothing kept, when it changed rows without a line.

        PostgreSQL may run `work` again after a deadlock: it must do nothing but ask its unit.
        """

        wished: set[DeliveryKind] = set()

        def job(conn: Connection) -> T:
            scope = self._scope(conn)
            unit = UnitOfWork(scope)
            result = work(unit)
            unit.finish()
            # Taken over, not added to: the work may have run before, in vain.
            wished.clear()
            wished.update(scope.wished)
            return result

        result = cast("T", await self._engine.write(job))
        if wished:
            self._tell(frozenset(wished))
        return result

    def on_wish(self, tell: Callable[[frozenset[DeliveryKind]], None]) -> None:
        """`tell` hears after a commit which kinds of delivery it asked for; one listener."""
        self._tell = tell

    async def technical(self, work: Callable[[Technical], T]) -> T:
        """Leases, delivery bookkeeping, heartbeats, purging: rows that are nobody's business."""
        return cast("T", await self._engine.write(lambda conn: work(Technical(self._scope(conn)))))

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

    def _scope(self, conn: Connection) -> Scope:
        return Scope(conn=conn, now=self._clock(), vault=self._vault)


def _require_head(conn: Connection) -> None:
    version = None
    if inspect(conn).has_table("alembic_version"):
        version = conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if version != HEAD:
        found = f"is at version {version}" if version else "has no tables yet"
        raise Misconfigured(
            (f"The database {found}, this Usher needs {HEAD}: run `python -m bot migrate`.",)
        )


def _require_key(conn: Connection, vault: Vault) -> None:
    """The first start leaves a sealed word; every later one must be able to read it."""
    row = {"name": "check", "sealed": vault.seal("usher", place="vault_check")}
    conn.execute(KEY_CHECK[conn.dialect.name], row)
    sealed = conn.execute(select(vault_check.c.sealed)).scalar_one()
    try:
        vault.open(sealed, place="vault_check")
    except NotOpened as error:
        raise Misconfigured(("The vault's check value in the database was changed.",)) from error
