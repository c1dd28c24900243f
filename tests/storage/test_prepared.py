"""What is said to SQLite's driver itself reads, keeps and fails as SQLAlchemy's own way does."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, bindparam, create_engine, insert, select

from bot.errors import Unavailable
from bot.model.ids import CaseId
from storage.case_lists import ABOUT_HANDLE, HELD_BY, WAITING
from storage.case_rows import CASES
from storage.case_views import VIEW
from storage.cases import GET
from storage.database import Database
from storage.prepared import Prepared
from storage.tables import cases, visits
from storage.tables.types import EPOCH, metadata
from storage.unit_of_work import Records
from storage.vault import Vault
from storage.visitors import VISITOR
from storage.writer import raw
from tests.sqlite import fresh_file
from tests.storage.samples import ANNA, KEY, HeldClock, a_case, a_mention, opened, written

TEXTS = st.text(st.characters(), max_size=50)
MOMENTS = st.timedeltas(timedelta(-700_000), timedelta(2_000_000)).map(lambda since: EPOCH + since)
KEEP = Prepared(insert(visits))
PLAIN = select(visits).where(visits.c.key == bindparam("visit"), visits.c.person != "nobody")
KEPT = Prepared(PLAIN)


def in_memory() -> Connection:
    engine = create_engine("sqlite://")
    metadata.create_all(engine, tables=[visits])
    return engine.connect()


@given(key=TEXTS, person=TEXTS.filter(lambda text: text != "nobody"), at=MOMENTS)
def test_what_is_kept_reads_the_same_by_both_ways(key: str, person: str, at: datetime) -> None:
    row = {"key": key, "at": at, "answer_sealed": b"\0\xff", "person": person}
    with in_memory() as conn:
        assert KEEP.run(conn, row).rowcount == 1
        ours = KEPT.row(conn, {"visit": key})
        theirs = conn.execute(PLAIN, {"visit": key}).one()
    assert tuple(ours) == tuple(theirs)
    assert (ours.key, ours.at, ours.answer_sealed) == (theirs.key, at, b"\0\xff")


async def test_a_case_reads_the_same_by_both_ways(db: Database) -> None:
    (case_id,) = await opened(db)

    def read(unit: Records) -> tuple[tuple[object, ...], tuple[object, ...]]:
        mine = CASES.where(cases.c.id == bindparam("case"))
        theirs = unit.conn.execute(mine, {"case": case_id}).one()
        return tuple(Prepared(mine).row(unit.conn, {"case": case_id})), tuple(theirs)

    ours, theirs = await db.read(read)
    assert ours == theirs
    assert any(isinstance(value, datetime) and value.tzinfo is UTC for value in ours)


async def test_what_cases_are_read_by_reads_the_same_by_both_ways(db: Database) -> None:
    """Several of their columns have the same name: the first one has it."""
    (one, _) = await opened(db, a_case(1), a_case(2))
    await written(db, lambda unit: unit.mentions.add_many([a_mention(one, 1), a_mention(one, 2)]))
    await written(db, lambda unit: unit.cases.claim(one, by=ANNA))
    values = {"case": one, "most": 9, "by": ANNA.key, "network": "x", "handle": b"", "who": "x"}

    def read(unit: Records) -> None:
        for ask in (GET, VIEW, WAITING, HELD_BY, ABOUT_HANDLE, VISITOR):
            needed = {name: values[name] for name in names_of(ask)}
            ours = ask.rows(unit.conn, needed)
            theirs = unit.conn.execute(ask.statement, needed).all()
            assert [tuple(row) for row in ours] == [tuple(row) for row in theirs]
            for name in ("id", "network", "permalink_sealed"):
                assert [getattr(row, name, None) for row in ours] == [
                    getattr(row, name, None) for row in theirs
                ]

    await db.read(read)


def names_of(ask: Prepared) -> set[str]:
    compiled = ask.statement.compile()  # type: ignore[union-attr]  # one for both engines
    return {name for name, bind in compiled.binds.items() if bind.required}


async def test_nothing_found_is_none_and_more_than_one_is_a_defect(db: Database) -> None:
    everything = Prepared(select(cases.c.id))
    assert await db.read(lambda unit: everything.row(unit.conn, {})) is None
    await opened(db, a_case(1), a_case(2))
    with pytest.raises(LookupError):
        await db.read(lambda unit: everything.row(unit.conn, {}))


def test_a_list_is_no_parameter() -> None:
    several = Prepared(select(visits).where(visits.c.key.in_(bindparam("keys", expanding=True))))
    with in_memory() as conn, pytest.raises(TypeError, match="keys"):
        several.rows(conn, {"keys": ["a"]})


@pytest.mark.parametrize("way", ["read", "write"])
async def test_an_engine_in_trouble_is_told_in_our_words(tmp_path: Path, way: str) -> None:
    url = fresh_file(tmp_path / "usher.db")
    db = await Database.open(url, vault=Vault(KEY), clock=HeldClock())

    def interrupted(unit: Records) -> None:
        driver = raw(unit.conn)
        driver.set_progress_handler(lambda: 1, 1)
        try:
            unit.cases.get(CaseId(1))
        finally:
            driver.set_progress_handler(None, 0)

    with pytest.raises(Unavailable, match="interrupted"):
        await getattr(db, way)(interrupted)
    assert await db.read(lambda unit: unit.cases.get(CaseId(1))) is None
    await db.close()
