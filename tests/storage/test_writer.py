"""SQLite's one writing thread lives on, whatever a job or the driver does; or it says so."""

import asyncio
import sqlite3

import pytest

from bot.errors import Unavailable
from storage import writer
from storage.database import Database
from storage.unit_of_work import Technical
from storage.writer import raw, unavailable

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


async def test_a_dead_writer_refuses_at_once(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(writer, "_commit", dies)
    outcomes = await asyncio.gather(*(move(db) for _ in range(3)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Unavailable] * 3
    with pytest.raises(Unavailable, match="database"):
        await move(db)


def test_an_error_of_the_driver_itself_has_no_name() -> None:
    assert isinstance(unavailable(sqlite3.OperationalError("no more memory")), Unavailable)
