"""The same press twice does one thing and gets one answer."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.errors import UnrecordedChange
from bot.model.ids import CaseId, VisitKey
from bot.model.visit import Answer, Form, Link
from storage.database import Database
from storage.tables import visits
from storage.unit_of_work import UnitOfWork
from storage.vault import NotOpened, Vault
from tests.storage.samples import LINE, HeldClock

KEY = VisitKey("trigger-1")
FULL = Answer(
    "Case 7 is yours.",
    lines=("one", "two"),
    copy="Dear you, “hello” 😀",
    links=(Link("Open on X", "https://x.com/1"),),
    form=Form("guidebook", CaseId(7)),
    refused=True,
)


def visit(runs: list[str], name: str, answer: Answer = FULL):
    def work(unit: UnitOfWork) -> Answer:
        if (stored := unit.visits.arrive(KEY)) is not None:
            return stored
        runs.append(name)
        unit.commit(LINE)
        unit.visits.answered(KEY, answer)
        return answer

    return work


async def test_the_answer_comes_back_whole(db: Database) -> None:
    runs: list[str] = []
    assert await db.write(visit(runs, "first")) == FULL
    assert await db.write(visit(runs, "second", Answer("other"))) == FULL
    assert runs == ["first"]


async def test_fifty_at_once_run_once_and_read_the_same(db: Database) -> None:
    runs: list[str] = []
    answers = await asyncio.gather(
        *(db.write(visit(runs, str(number), Answer(f"from {number}"))) for number in range(50))
    )
    # What ran and was undone does not count; on neither engine does that happen here.
    assert len(runs) == 1
    assert set(answers) == {Answer(f"from {runs[0]}")}


async def test_a_visit_that_failed_may_come_again(db: Database) -> None:
    def fails(unit: UnitOfWork) -> None:
        unit.visits.arrive(KEY)
        raise LookupError

    with pytest.raises(LookupError):
        await db.write(fails)
    runs: list[str] = []
    await db.write(visit(runs, "again"))
    assert runs == ["again"]


async def test_waiting_for_one_that_fails_means_running(db: Database) -> None:
    """Whoever holds the key and fails makes room for one of those who waited."""
    runs: list[str] = []

    def fails(unit: UnitOfWork) -> Answer:
        if (stored := unit.visits.arrive(KEY)) is not None:
            return stored
        raise LookupError

    outcomes = await asyncio.gather(
        db.write(fails),
        *(db.write(visit(runs, str(number))) for number in range(10)),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], LookupError) or outcomes[0] == FULL
    assert len(runs) == 1
    assert outcomes[1:] == [FULL] * 10


async def test_a_new_visit_must_be_answered(db: Database) -> None:
    def silent(unit: UnitOfWork) -> None:
        unit.visits.arrive(KEY)
        unit.commit(LINE)

    with pytest.raises(UnrecordedChange, match="without its answer"):
        await db.write(silent)


async def test_the_same_visit_twice_in_one_transaction_is_a_defect(db: Database) -> None:
    def twice(unit: UnitOfWork) -> None:
        unit.visits.arrive(KEY)
        unit.visits.arrive(KEY)

    with pytest.raises(UnrecordedChange, match="twice"):
        await db.write(twice)


async def test_old_visits_are_purged(db: Database, clock: HeldClock) -> None:
    runs: list[str] = []
    await db.write(visit(runs, "first"))
    clock.forward(hours=1)
    an_hour, less = timedelta(hours=1), timedelta(minutes=59)
    assert await db.technical(lambda unit: unit.visits.purge(unit.now - an_hour)) == 0
    assert await db.technical(lambda unit: unit.visits.purge(unit.now - less)) == 1
    await db.write(visit(runs, "again"))
    assert runs == ["first", "again"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(codec="utf-8")), key=st.text(min_size=1))
async def test_any_answer_to_any_key(db: Database, text: str, key: str) -> None:
    visit_key = VisitKey(f"any {key}")
    answer = Answer(text, lines=(text,))

    def work(unit: UnitOfWork) -> Answer:
        stored = unit.visits.arrive(visit_key)
        if stored is None:
            unit.commit(LINE)
            unit.visits.answered(visit_key, answer)
        return stored or answer

    first = await db.write(work)
    answer = Answer("other")
    assert await db.write(work) == first


async def test_an_answer_moved_to_another_visit_does_not_open(db: Database, vault: Vault) -> None:
    await db.write(visit([], "first"))
    sealed = vault.seal_bytes(b"{}", place="visits.answer/another")
    move = update(visits).values(answer_sealed=sealed)
    await db.technical(lambda unit: unit.conn.execute(move) and None)
    with pytest.raises(NotOpened, match="changed or moved"):
        await db.write(visit([], "second"))
