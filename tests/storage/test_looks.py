"""A visit that only looks is kept once, with one line, and can change nothing."""

import asyncio
from dataclasses import replace

import pytest

from bot.care.acts import Acts, PolicyInForce
from bot.care.obligations import Obligations, handlers
from bot.compliance import Action, Guard, Policy
from bot.errors import Refusal, Unavailable, UnrecordedChange
from bot.model.audit import AuditEntry
from bot.model.ids import CaseId, VisitKey
from bot.model.visit import Answer, Visit
from storage.database import Database
from storage.unit_of_work import Look, Records
from tests.storage.samples import ANNA, guarded, opened

TIMES = 50
VISIT = Visit(VisitKey("trigger-1"), ANNA)
READ = AuditEntry("test.read", ANNA.key)
CUT = "SELECT pg_terminate_backend(pg_backend_pid())"


@pytest.fixture
def acts(db: Database) -> Acts:
    obligations = Obligations(handlers(Guard()))
    return Acts(db, PolicyInForce(Policy.load("standard")), lambda: "a" * 64, obligations)


def see(_unit: Records) -> tuple[Answer, AuditEntry]:
    return Answer("seen"), READ


async def recorded(db: Database) -> list[str]:
    rows = "SELECT action FROM audit_events ORDER BY id"
    return await db.read(lambda unit: [row[0] for row in unit.conn.exec_driver_sql(rows)])


async def test_fifty_at_once_are_one_look(db: Database, acts: Acts) -> None:
    answers = await asyncio.gather(*(acts.look(VISIT, "test", see) for _ in range(TIMES)))
    assert sum(not answer.repeated for answer in answers) == 1
    assert {replace(answer, repeated=False) for answer in answers} == {Answer("seen")}
    assert await recorded(db) == ["test.read", *["visit.repeated"] * (TIMES - 1)]
    assert (await db.read(lambda unit: unit.audit.verify())).broken == ()


async def test_its_no_is_on_record_and_said_again(db: Database, acts: Acts) -> None:
    def no(_unit: Records) -> tuple[Answer, AuditEntry]:
        raise Refusal("Not you.", "test")

    first = await acts.look(VISIT, Action.READ_CASE, no)
    assert (first.text, first.refused) == ("Not you.", True)
    # Meanwhile it would be allowed: the same visit hears what it heard.
    again = await acts.look(VISIT, Action.READ_CASE, see)
    assert again == replace(first, repeated=True)
    assert await recorded(db) == ["case.read", "visit.repeated"]


async def test_a_change_is_refused_and_nothing_is_kept(db: Database, acts: Acts) -> None:
    (case_id,) = await opened(db)
    before = await recorded(db)

    def changes(unit: Records) -> tuple[Answer, AuditEntry]:
        unit.notes.add(case_id, by=ANNA, words=guarded("sly"))
        return see(unit)

    with pytest.raises(UnrecordedChange):
        await acts.look(VISIT, "test", changes)
    view = await db.read(lambda unit: unit.cases.view(case_id))
    assert view is not None
    assert (view.notes, await recorded(db)) == ((), before)
    assert not (await acts.look(VISIT, "test", see)).repeated


class TestLostLines:
    """A line to PostgreSQL is cut in the middle of a look."""

    @pytest.fixture
    def engine(self) -> str:
        return "postgresql"

    async def test_what_may_be_kept_already_is_not_done_again(self, db: Database) -> None:
        kept: list[bool] = []

        def keep(unit: Look) -> None:
            kept.append(unit.keep(VISIT.key, Answer("seen"), by=ANNA.key, line=READ))
            unit.conn.exec_driver_sql(CUT)

        with pytest.raises(Unavailable) as told:
            await db.read_on_record(keep)
        assert told.value.unknown_outcome
        assert kept == [True]
        assert await recorded(db) == ["test.read"]

    async def test_what_was_only_read_is_read_again(self, db: Database, acts: Acts) -> None:
        tries: list[int] = []

        def cut_once(unit: Records) -> tuple[Answer, AuditEntry]:
            unit.cases.view(CaseId(1))
            tries.append(len(tries))
            if len(tries) == 1:
                unit.conn.exec_driver_sql(CUT)
            return see(unit)

        assert not (await acts.look(VISIT, "test", cut_once)).repeated
        assert tries == [0, 1]
        assert await recorded(db) == ["test.read"]
