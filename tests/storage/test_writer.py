"""SQLite's one writing thread lives on, whatever a job or the driver does; or it says so."""

import asyncio
import sqlite3

import pytest
from sqlalchemy import StaticPool, create_engine

from bot.errors import Unavailable
from storage.database import Database
from storage.unit_of_work import Technical
from storage.writer import Writer, raw, unavailable

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


@pytest.fixture
def engine() -> str:
    return "sqlite"


async def move(db: Database) -> None:
    async with asyncio.timeout(5):
        await db.technical(lambda unit: unit.cursors.move("x", "1"))


def cut(unit: Technical) -> None:
    """After this neither COMMIT nor ROLLBACK is possible."""
    raw(unit.conn).close()


async def test_a_rollback_that_fails_leaves_nobody_waiting(db: Database) -> None:
    for work in (cut, cut):
        with pytest.raises(sqlite3.ProgrammingError):
            async with asyncio.timeout(5):
                await db.technical(work)
    with pytest.raises(sqlite3.ProgrammingError):
        await move(db)


class Deadly(Exception):
    """Not even its name can be asked for."""

    @property
    def sqlite_errorname(self) -> str:
        raise MemoryError


async def test_a_dead_writer_refuses_at_once() -> None:
    def dies() -> None:
        raise Deadly

    engine = create_engine(
        "sqlite://",
        isolation_level="AUTOCOMMIT",
        connect_args={"check_same_thread": False},
        poolclass=StaticPool,
    )
    writer = Writer(engine.connect(), before_commit=dies)
    jobs = (writer.submit(lambda _conn: None) for _ in range(3))
    async with asyncio.timeout(5):
        outcomes = await asyncio.gather(*jobs, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Unavailable] * 3
    with pytest.raises(Unavailable, match="database"):
        await writer.submit(lambda _conn: None)
    writer.close()
    engine.dispose()


def test_an_error_of_the_driver_itself_has_no_name() -> None:
    assert isinstance(unavailable(sqlite3.OperationalError("no more memory")), Unavailable)
