"""A visit that only looks is kept once, with one line, and can change nothing."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from bot.care.acts import Acts
from bot.care.obligations import Obligations, handlers
from bot.care.policy_in_force import PolicyInForce
from bot.compliance import Action, Guard, Policy
from bot.errors import Refusal, Unavailable, UnrecordedChange
from bot.model.audit import AuditEntry
from bot.model.ids import CaseId, VisitKey
from bot.model.visit import Answer, Visit
from storage.database import Database, Technical
from storage.keeping import keep_together
from storage.unit_of_work import Records
from storage.vault import Vault
from tests.storage.samples import ANNA, HeldClock, guarded, opened

TIMES = 50
VISIT = Visit(VisitKey("trigger-1"), ANNA)
READ = AuditEntry("test.read", ANNA.key)
MANY = tuple(replace(VISIT, key=VisitKey(f"trigger-{number}")) for number in range(TIMES))
CUT = "pg_terminate_backend(pg_backend_pid())"


@pytest.fixture
def acts(db: Database) -> Acts:
    obligations = Obligations(handlers(Guard()))
    return Acts(db, PolicyInForce(Policy.load("standard")), lambda: "a" * 64, obligations)


def see(_unit: Records) -> tuple[Answer, AuditEntry]:
    return Answer("seen"), READ


async def recorded(db: Database) -> list[str]:
    rows = "SELECT action FROM audit_events ORDER BY id"
    return await db.read(lambda unit: [row[0] for row in unit.conn.exec_driver_sql(rows)])


async def on_each_line(db: Database, does: str) -> None:
    """PostgreSQL does this whenever a line is about to be kept."""

    def make(unit: Technical) -> None:
        unit.conn.exec_driver_sql(
            "CREATE FUNCTION on_line() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {does} RETURN NEW; END $$"
        )
        unit.conn.exec_driver_sql(
            "CREATE TRIGGER on_line BEFORE INSERT ON audit_events "
            "FOR EACH ROW EXECUTE FUNCTION on_line()"
        )

    await db.technical(make)


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


class TestOnPostgres:
    """Looks that wait at the same moment are kept in one statement."""

    @pytest.fixture
    def engine(self) -> str:
        return "postgresql"

    async def test_many_share_a_statement_and_each_has_its_line(
        self, db: Database, acts: Acts
    ) -> None:
        answers = await asyncio.gather(*(acts.look(one, "test", see) for one in MANY))
        assert answers == [Answer("seen")] * TIMES
        assert await recorded(db) == ["test.read"] * TIMES
        counted = "SELECT count(DISTINCT xmin::text) FROM audit_events"
        commits = await db.read(lambda unit: unit.conn.exec_driver_sql(counted).scalar_one())
        assert 0 < commits < TIMES
        again = await asyncio.gather(*(acts.look(one, "test", see) for one in MANY))
        assert again == [Answer("seen", repeated=True)] * TIMES
        assert (await db.read(lambda unit: unit.audit.verify())).broken == ()

    async def test_one_that_cannot_be_kept_fails_alone(self, db: Database, acts: Acts) -> None:
        await on_each_line(db, "IF NEW.action = 'test.bad' THEN RAISE EXCEPTION 'no'; END IF;")

        def bad(_unit: Records) -> tuple[Answer, AuditEntry]:
            return Answer("seen"), replace(READ, action="test.bad")

        looks = [acts.look(one, "test", bad if one is MANY[7] else see) for one in MANY]
        ends = await asyncio.gather(*looks, return_exceptions=True)
        failed = [one for one, end in zip(MANY, ends, strict=True) if isinstance(end, DBAPIError)]
        assert failed == [MANY[7]]
        assert await recorded(db) == ["test.read"] * (TIMES - 1)

    async def test_the_first_of_two_is_kept_and_a_second_try_says_the_same(
        self, db: Database
    ) -> None:
        given = (("z", "first"), ("a", "other"), ("z", "second"))
        several = await db.read(
            lambda unit: [
                unit.visits.keepsake(VisitKey(key), Answer(text), by=ANNA.key, line=READ)
                for key, text in given
            ]
        )
        for _ in range(2):
            kept = await db.technical(lambda unit: keep_together(several, unit.conn))
            assert [one.line["uid"] in kept for one in several] == [True, True, False]
        stored = await db.read(lambda unit: unit.visits.answer(VisitKey("z")))
        assert (stored, await recorded(db)) == (Answer("first"), ["test.read"] * 2)

    async def test_a_line_that_is_cut_once_is_not_noticed(self, db: Database, acts: Acts) -> None:
        await db.technical(lambda unit: unit.conn.exec_driver_sql("CREATE SEQUENCE cuts"))
        # A sequence remembers what was undone.
        await on_each_line(db, f"IF nextval('cuts') = 3 THEN PERFORM {CUT}; END IF;")
        answers = await asyncio.gather(*(acts.look(one, "test", see) for one in MANY))
        assert answers == [Answer("seen")] * TIMES
        assert await recorded(db) == ["test.read"] * TIMES

    async def test_a_line_that_is_always_cut_is_told_to_each(
        self, db: Database, acts: Acts
    ) -> None:
        await on_each_line(db, f"PERFORM {CUT};")
        looks = [acts.look(one, "test", see) for one in MANY]
        ends = await asyncio.gather(*looks, return_exceptions=True)
        assert [isinstance(end, Unavailable) and end.unknown_outcome for end in ends] == [
            True
        ] * TIMES
        assert await recorded(db) == []

    async def test_closing_waits_for_those_that_wait(
        self, db: Database, acts: Acts, url: str, vault: Vault, clock: HeldClock
    ) -> None:
        looks = [asyncio.create_task(acts.look(one, "test", see)) for one in MANY]
        await asyncio.sleep(0)
        await db.close()
        assert await asyncio.gather(*looks) == [Answer("seen")] * TIMES
        again = await Database.open(url, vault=vault, clock=clock)
        assert await recorded(again) == ["test.read"] * TIMES
        await again.close()

    async def test_what_was_only_read_is_read_again(self, db: Database, acts: Acts) -> None:
        tries: list[int] = []

        def cut_once(unit: Records) -> tuple[Answer, AuditEntry]:
            unit.cases.view(CaseId(1))
            tries.append(len(tries))
            if len(tries) == 1:
                unit.conn.exec_driver_sql(f"SELECT {CUT}")
            return see(unit)

        assert not (await acts.look(VISIT, "test", cut_once)).repeated
        assert tries == [0, 1]
        assert await recorded(db) == ["test.read"]
