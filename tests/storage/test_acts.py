"""A visit that comes fifty times at once acts once on either engine, and all hear one answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from bot.care.acts import Acts
from bot.care.cases import Cases
from bot.care.obligations import Obligations, handlers
from bot.care.policy_in_force import PolicyInForce
from bot.compliance import Action, Guard, Policy
from bot.errors import Refusal
from bot.model.audit import AuditEntry
from bot.model.ids import CaseId, VisitKey
from bot.model.visit import Answer, Visit
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from tests.storage.samples import ANNA, HeldClock, guarded, opened, written

T = TypeVar("T")
TIMES = 50
VISIT = Visit(VisitKey("trigger-1"), ANNA)
BOOK = "a" * 64


@pytest.fixture
def acts(db: Database) -> Acts:
    obligations = Obligations(handlers(Guard()))
    return Acts(db, PolicyInForce(Policy.load("standard")), lambda: BOOK, obligations)


@pytest.fixture
async def cases(acts: Acts) -> Cases:
    await written(acts.db, lambda unit: unit.ambassadors.accept(ANNA, BOOK))
    return Cases(acts, Guard())


async def all_at_once(come: Callable[[], Awaitable[Answer]]) -> Answer:
    answers = await asyncio.gather(*(come() for _ in range(TIMES)))
    (first,) = [answer for answer in answers if not answer.repeated]
    # And once more when all is over.
    answers.append(await come())
    assert {replace(answer, repeated=False) for answer in answers} == {first}
    return first


async def actions(db: Database, case_id: CaseId | None = None) -> list[str]:
    """What was recorded for the visitor, in order."""

    def work(unit: UnitOfWork) -> list[str]:
        numbers = [row[0] for row in unit.conn.exec_driver_sql("SELECT id FROM audit_events")]
        entries = [event.entry for n in sorted(numbers) if (event := unit.audit.get(n))]
        return [
            entry.action
            for entry in entries
            if entry.actor == ANNA.key and case_id in (None, entry.case_id)
        ]

    return await db.read(work)


async def test_a_claim(db: Database, cases: Cases) -> None:
    (case_id,) = await opened(db)
    said = await all_at_once(lambda: cases.claim(case_id, visit=VISIT))
    assert "is yours" in said.text
    assert await actions(db) == ["case.claimed", *["visit.repeated"] * TIMES]
    case = await db.read(lambda unit: unit.cases.get(case_id))
    assert case is not None
    assert (case.holder, case.revision) == (ANNA.key, 2)


async def test_a_note(db: Database, cases: Cases) -> None:
    (case_id,) = await opened(db)
    await all_at_once(lambda: cases.note(case_id, "they called", visit=VISIT))
    view = await db.read(lambda unit: unit.cases.view(case_id))
    assert view is not None
    assert [note.words for note in view.notes] == ["they called"]
    assert (await actions(db)).count("visit.repeated") == TIMES


async def test_a_refusal(db: Database, cases: Cases) -> None:
    said = await all_at_once(lambda: cases.claim(CaseId(7), visit=VISIT))
    assert said.refused
    assert await actions(db, CaseId(7)) == ["case.claim", *["visit.repeated"] * TIMES]


async def test_a_refusal_after_the_first_write(db: Database, acts: Acts) -> None:
    """What the verb wrote is gone, its no is on record once."""
    (case_id,) = await opened(db)

    def verb(unit: UnitOfWork) -> Answer:
        unit.notes.add(case_id, by=ANNA, words=guarded("half done"))
        unit.commit(AuditEntry("case.noted", ANNA.key, case_id))
        raise Refusal("Not like this.", "test")

    said = await all_at_once(lambda: acts.run(VISIT, Action.NOTE, verb, case_id=case_id))
    assert (said.text, said.refused) == ("Not like this.", True)
    view = await db.read(lambda unit: unit.cases.view(case_id))
    assert view is not None
    assert view.notes == ()
    assert await actions(db) == ["case.note", *["visit.repeated"] * TIMES]


async def test_a_verb_that_failed_may_come_again(db: Database, acts: Acts) -> None:
    def breaks(_unit: UnitOfWork) -> Answer:
        raise LookupError

    def works(unit: UnitOfWork) -> Answer:
        unit.commit(AuditEntry("test.done", ANNA.key))
        return Answer("done")

    with pytest.raises(LookupError):
        await acts.run(VISIT, Action.NOTE, breaks)
    assert await acts.run(VISIT, Action.NOTE, works) == Answer("done")


async def test_a_visit_purged_meanwhile_is_a_new_one(
    url: str, vault: Vault, clock: HeldClock
) -> None:
    """It is purged in the moment between learning that it was here and asking what it heard."""
    runs: list[int] = []
    purged = asyncio.Event()

    class Purging(Database):
        async def write(self, work: Callable[[UnitOfWork], T]) -> T:
            if len(runs) == 2 and not purged.is_set():
                purged.set()
                clock.forward(hours=1)
                before = clock() - timedelta(minutes=1)
                await self.technical(lambda unit: unit.visits.purge(before))
            return await super().write(work)

    def verb(unit: UnitOfWork) -> Answer:
        runs.append(len(runs))
        unit.commit(AuditEntry("test.done", ANNA.key))
        return Answer(f"run {len(runs)}")

    db = await Purging.open(url, vault=vault, clock=clock)
    obligations = Obligations(handlers(Guard()))
    acts = Acts(db, PolicyInForce(Policy.load("standard")), lambda: BOOK, obligations)
    await acts.run(VISIT, Action.NOTE, verb)
    assert await acts.run(VISIT, Action.NOTE, verb) == Answer("run 3")
    assert await actions(db) == ["test.done", "test.done"]
    await db.close()
