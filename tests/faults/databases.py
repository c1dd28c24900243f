"""The database from outside: somebody else's lock on it, and what really stands in its rows."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

import asyncpg

from tests.faults.waiting import until_told


@asynccontextmanager
async def locked(url: str, *, table: str = "cases") -> AsyncIterator[None]:
    """Nobody writes meanwhile; SQLite has one lock for all tables, PostgreSQL one for each."""
    if url.startswith("sqlite"):
        with closing(_sqlite(url)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    other = await asyncpg.connect(url)
    try:
        async with other.transaction():
            await other.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            yield
    finally:
        await other.close()


@asynccontextmanager
async def without_table(url: str, table: str) -> AsyncIterator[None]:
    """The table is elsewhere meanwhile: every statement about it is an error."""
    await rows(url, f"ALTER TABLE {table} RENAME TO {table}_elsewhere")
    try:
        yield
    finally:
        await rows(url, f"ALTER TABLE {table}_elsewhere RENAME TO {table}")


async def rows(url: str, statement: str) -> list[tuple[Any, ...]]:
    """What a statement finds; a changing one is committed."""
    if url.startswith("sqlite"):
        with closing(_sqlite(url)) as other:
            return [tuple(row) for row in other.execute(statement).fetchall()]
    other = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await other.fetch(statement)]
    finally:
        await other.close()


async def count(url: str, what: str) -> int:
    """`what` is a table, with a WHERE if need be."""
    ((found,),) = await rows(url, f"SELECT count(*) FROM {what}")  # noqa: S608  a test's own words
    return int(found)


async def blocked(url: str) -> None:
    """Returns once somebody waits for our lock."""
    if url.startswith("sqlite"):
        # SQLite does not tell who waits; a writer asks within milliseconds.
        await asyncio.sleep(0.2)
        return

    async def waiting() -> bool:
        return await count(url, "pg_locks WHERE NOT granted") > 0

    await until_told(waiting)


async def minute_passes(url: str) -> None:
    """Leases of a process that is gone end by themselves; a test does not wait for it."""
    await rows(url, "UPDATE deliveries SET leased_until = 0")
    await rows(url, 'UPDATE leases SET "until" = 0')


def _sqlite(url: str) -> sqlite3.Connection:
    return sqlite3.connect(url.removeprefix("sqlite:///"), timeout=10, isolation_level=None)
