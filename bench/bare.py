"""Plain SQLAlchemy beside ours: the same engines and settings, with nothing of the house around."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.ext.asyncio import create_async_engine

Work = Callable[[Connection], Any]
Transact = Callable[[Work], Awaitable[Any]]
"""Runs the work in one committed transaction."""

AS_OURS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-8192",
    "temp_store=MEMORY",
    "wal_autocheckpoint=4000",
)
"""storage/sqlite.py's own: a floor that lacked one would flatter us."""


@asynccontextmanager
async def bare(url: str, *, threaded: bool = False) -> AsyncIterator[Transact]:
    """SQLite runs on the loop itself, which is quickest; `threaded` as a listener must run it.

    A commit on the loop would stop every other visit.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url)

        @event.listens_for(engine, "connect")
        def _as_ours(connection: Any, _record: Any) -> None:
            for pragma in AS_OURS:
                connection.execute(f"PRAGMA {pragma}")

        def whole(work: Work) -> Any:
            with engine.begin() as conn:
                return work(conn)

        async def transact(work: Work) -> Any:
            return await asyncio.to_thread(whole, work) if threaded else whole(work)

        yield transact
        engine.dispose()
        return
    async_engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://"),
        connect_args={"server_settings": {"jit": "off"}},
    )

    async def transact_async(work: Work) -> Any:
        async with async_engine.begin() as conn:
            return await conn.run_sync(work)

    yield transact_async
    await async_engine.dispose()
