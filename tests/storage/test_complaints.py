"""The register of complaints: its total is the cases flagged, and none is over without its end."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from bot.care.complaint_totals import totals_of
from bot.model.complaint import Complaint, Disposition, Grievance, Marking, Nature, Promise
from bot.model.ids import CaseId
from storage import tables
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import (
    ANNA,
    START,
    HeldClock,
    a_case,
    a_mention,
    guarded,
    opened,
    written,
)

PROMISE = Promise(timedelta(days=15), timedelta(days=40))
EVER = START - timedelta(days=9000)
GRIEVANCE = Marking(Grievance.YES, guarded("cover"), "auto", Nature.CLAIM)
SETTLED = Marking(Grievance.YES, guarded("cover"), "auto", Nature.CLAIM, Disposition.SETTLED)


def said(answer: Grievance) -> Marking:
    return GRIEVANCE if answer is Grievance.YES else Marking(answer, guarded(""))


async def marked(db: Database, case_id: CaseId, told: Marking) -> None:
    def work(unit: UnitOfWork) -> None:
        case = unit.cases.get(case_id)
        assert case is not None
        unit.complaints.mark(case, told, by=ANNA.key)

    await written(db, work)


async def known(db: Database, case_id: CaseId) -> Complaint:
    found = await db.read(lambda unit: unit.complaints.get(case_id))
    assert found is not None
    return found


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answers=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(Grievance)), max_size=12))
async def test_the_total_is_the_cases_flagged_last(
    db: Database, answers: list[tuple[int, Grievance]]
) -> None:
    before = await db.read(lambda unit: totals_of(unit.complaints.since(EVER), PROMISE, unit.now))
    cases = await opened(db, *(a_case(number) for number in range(5)))
    for which, answer in answers:
        await marked(db, cases[which], said(answer))
    last = dict(answers)
    totals = await db.read(lambda unit: totals_of(unit.complaints.since(EVER), PROMISE, unit.now))
    assert totals.total - before.total == list(last.values()).count(Grievance.YES)
    assert totals.undecided - before.undecided == list(last.values()).count(Grievance.UNSURE)
    assert sum(number for _, number in totals.by_line) == totals.total


async def test_no_complaint_is_over_without_how_it_ended(db: Database) -> None:
    (case_id,) = await opened(db)
    await marked(db, case_id, GRIEVANCE)
    with pytest.raises(IntegrityError):
        await written(db, lambda unit: unit.complaints.settle(case_id))
    assert (await known(db, case_id)).settled_at is None
    await marked(db, case_id, SETTLED)
    assert await written(db, lambda unit: unit.complaints.settle(case_id))
    for wrong in ({"disposition": ""}, {"line": ""}, {"nature": ""}):
        change = update(tables.complaints).values(**wrong)
        with pytest.raises(IntegrityError):
            await written(db, lambda unit, change=change: unit.conn.execute(change))
    await written(db, lambda unit: unit.complaints.reopen(case_id))
    again = await known(db, case_id)
    assert (again.settled_at, again.disposition) == (None, None)


async def test_it_was_received_with_the_first_words(db: Database, clock: HeldClock) -> None:
    (case_id,) = await opened(db)
    hours = (START + timedelta(hours=1), START - timedelta(hours=3))
    mentions = [a_mention(case_id, n, created_at=hour) for n, hour in enumerate(hours)]
    await written(db, lambda unit: unit.mentions.add_many(mentions))
    clock.forward(days=20)
    await marked(db, case_id, GRIEVANCE)
    assert (await known(db, case_id)).received_at == START - timedelta(hours=3)
    late = await db.read(lambda unit: unit.complaints.overdue(PROMISE))
    assert [one.case_id for one in late] == [case_id]
    told = {"unanswered": True, "unsettled": False}
    await written(db, lambda unit: unit.complaints.told(case_id, **told))
    assert not await db.read(lambda unit: unit.complaints.overdue(PROMISE))
    clock.forward(days=20)
    assert await db.read(lambda unit: unit.complaints.overdue(PROMISE))
