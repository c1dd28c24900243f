"""The schema of the migrations is the schema of the tables, whoever starts first and how often."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.errors import Misconfigured, Unavailable
from storage.migrations import HEAD, config_for, migrate
from storage.postgres import postgres_engine
from storage.sqlite import sqlite_engine
from storage.tables import metadata

T = TypeVar("T")

PROJECT = Path(__file__).resolve().parents[2]


async def seen(url: str, look: Callable[[Connection], T]) -> T:
    """What `look` returns, in a transaction of its own."""
    if url.startswith("sqlite"):
        engine = sqlite_engine(url, make=True)
        with engine.begin() as conn:
            found = look(conn)
        engine.dispose()
        return found
    async_engine = postgres_engine(url)
    async with async_engine.begin() as async_conn:
        found = await async_conn.run_sync(look)
    await async_engine.dispose()
    return found


def schema(conn: Connection) -> dict[str, Any]:
    """All that either engine tells of each table but Alembic's own."""
    looked = inspect(conn)
    return {
        name: {
            "columns": {
                column["name"]: (
                    repr(column["type"]),
                    column["nullable"],
                    column["default"] and "by itself",
                )
                for column in looked.get_columns(name)
            },
            "key": looked.get_pk_constraint(name)["constrained_columns"],
            "foreign": sorted(map(str, looked.get_foreign_keys(name))),
            "unique": sorted(map(str, looked.get_unique_constraints(name))),
            "indexes": sorted(map(_index, looked.get_indexes(name))),
        }
        for name in looked.get_table_names()
        if name != "alembic_version"
    }


def _index(index: Any) -> str:
    conditions = [str(value) for value in index.get("dialect_options", {}).values()]
    return str((index["name"], index["column_names"], index["unique"], conditions))


def numbered(conn: Connection) -> list[str]:
    """The tables in which SQLite never gives a number twice."""
    if conn.dialect.name != "sqlite":
        return []
    rows = conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
    return sorted(row[0] for row in rows)


async def test_both_ways_make_the_same_schema(url: str, empty_url: str) -> None:
    if url == empty_url:
        empty_url = f"{url}.other"
    await seen(empty_url, metadata.create_all)
    migrated, made = await seen(url, schema), await seen(empty_url, schema)
    assert set(migrated) == set(metadata.tables)
    assert migrated == made
    assert await seen(url, numbered) == await seen(empty_url, numbered)


async def test_alembic_sees_no_difference(url: str) -> None:
    def difference(conn: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(conn, opts=options), metadata))

    assert await seen(url, difference) == []


async def test_the_second_time_changes_nothing(url: str) -> None:
    before = await seen(url, schema)
    migrate(url)
    assert await seen(url, schema) == before


async def test_two_processes_at_once(empty_url: str) -> None:
    code = f"from storage.database import migrate; migrate({empty_url!r})"
    both = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=PROJECT)
        for _ in range(2)
    ]
    assert [await process.wait() for process in both] == [0, 0]
    assert set(await seen(empty_url, schema)) == set(metadata.tables)


def test_head_is_the_newest_page() -> None:
    script = ScriptDirectory.from_config(config_for())
    assert script.get_heads() == [HEAD]


async def test_what_came_up_goes_down(url: str) -> None:
    await seen(url, lambda conn: command.downgrade(config_for(conn), "base"))
    assert await seen(url, schema) == {}
    migrate(url)
    assert set(await seen(url, schema)) == set(metadata.tables)


def test_a_database_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="database"):
        migrate("postgresql://nobody:@/nowhere?host=/nonexistent")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=f"the folder {tmp_path}/nowhere is not there"):
        migrate(f"sqlite:///{tmp_path}/nowhere/usher.db")
    assert not (tmp_path / "nowhere").exists()
