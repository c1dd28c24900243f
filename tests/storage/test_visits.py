"""The same press twice does one thing and gets one answer."""

import asyncio
import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.errors import UnrecordedChange
from bot.model.ids import CaseId, PersonKey, VisitKey
from bot.model.visit import Answer, Form, Link
from storage.database import Database
from storage.tables import visits
from storage.unit_of_work import UnitOfWork
from storage.vault import NotOpened, Vault
from tests.storage.samples import LINE, HeldClock

KEY = VisitKey("trigger-1")
WHO = PersonKey("T0:U0ANNA")
FULL = Answer(
    "Case 7 is yours.",
    lines=("one", "two"),
    copy="Dear you, “hello” 😀",
    links=(Link("Open on X", "https://x.com/1"),),
    form=Form("guidebook", CaseId(7)),
    refused=True,
)


class Twice(Exception):
    """What whoever runs a verb raises, so that its second time leaves nothing."""


def kept(answer: Answer = FULL, *, key: VisitKey = KEY):
    def work(unit: UnitOfWork) -> Answer:
        unit.commit(LINE)
        if not unit.visits.keep(key, answer, by=WHO):
            raise Twice
        return answer

    return work


async def stored(db: Database, key: VisitKey = KEY) -> Answer | None:
    return await db.read(lambda unit: unit.visits.answer(key))


async def lines(db: Database) -> int:
    return (await db.read(lambda unit: unit.audit.verify())).checked


async def test_the_answer_comes_back_whole(db: Database) -> None:
    assert await stored(db) is None
    await db.write(kept())
    assert await stored(db) == FULL


async def test_a_second_time_is_told_and_changes_nothing(db: Database) -> None:
    await db.write(kept())
    with pytest.raises(Twice):
        await db.write(kept(Answer("other")))
    assert (await stored(db), await lines(db)) == (FULL, 1)


async def test_of_fifty_at_once_one_is_kept(db: Database) -> None:
    outcomes = await asyncio.gather(
        *(db.write(kept(Answer(f"from {number}"))) for number in range(50)),
        return_exceptions=True,
    )
    (first,) = (outcome for outcome in outcomes if isinstance(outcome, Answer))
    assert sum(isinstance(outcome, Twice) for outcome in outcomes) == 49
    assert (await stored(db), await lines(db)) == (first, 1)


async def test_waiting_for_one_that_fails_means_being_the_first(db: Database) -> None:
    """Whoever holds the key and fails makes room for one of those who waited."""

    def fails(unit: UnitOfWork) -> None:
        unit.visits.keep(KEY, Answer("never"), by=WHO)
        raise LookupError

    outcomes = await asyncio.gather(
        db.write(fails), *(db.write(kept()) for _ in range(10)), return_exceptions=True
    )
    assert isinstance(outcomes[0], LookupError)
    assert outcomes.count(FULL) == 1
    assert await stored(db) == FULL


async def test_a_visit_needs_its_line(db: Database) -> None:
    with pytest.raises(UnrecordedChange):
        await db.write(lambda unit: unit.visits.keep(KEY, FULL, by=WHO))
    assert await stored(db) is None


async def test_twice_in_one_transaction_is_told_too(db: Database) -> None:
    def twice(unit: UnitOfWork) -> list[bool]:
        unit.commit(LINE)
        return [unit.visits.keep(KEY, FULL, by=WHO), unit.visits.keep(KEY, Answer("other"), by=WHO)]

    assert await db.write(twice) == [True, False]
    assert await stored(db) == FULL


async def test_old_visits_are_purged(db: Database, clock: HeldClock) -> None:
    await db.write(kept())
    clock.forward(hours=1)
    an_hour, less = timedelta(hours=1), timedelta(minutes=59)
    assert await db.technical(lambda unit: unit.visits.purge(unit.now - an_hour)) == 0
    assert await db.technical(lambda unit: unit.visits.purge(unit.now - less)) == 1
    await db.write(kept(Answer("again")))
    assert await stored(db) == Answer("again")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(codec="utf-8")), key=st.text(min_size=1))
async def test_any_answer_to_any_key(db: Database, text: str, key: str) -> None:
    visit_key, answer = VisitKey(f"any {key}"), Answer(text, lines=(text,))
    with contextlib.suppress(Twice):
        await db.write(kept(answer, key=visit_key))
    with pytest.raises(Twice):
        await db.write(kept(Answer("other"), key=visit_key))
    assert await stored(db, visit_key) not in (None, Answer("other"))


async def test_an_answer_moved_to_another_visit_does_not_open(db: Database, vault: Vault) -> None:
    await db.write(kept())
    sealed = vault.seal_bytes(b"{}", place="visits.answer/another")
    move = update(visits).values(answer_sealed=sealed)
    await db.technical(lambda unit: unit.conn.execute(move) and None)
    with pytest.raises(NotOpened, match="changed or moved"):
        await stored(db)
