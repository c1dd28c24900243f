"""What the table itself holds: a yes is for one answer, and one courier of two goes on."""

import pytest
from sqlalchemy.exc import IntegrityError

from bot.errors import Unavailable
from bot.model.approval import NewApproval
from bot.model.ids import ApprovalId, CaseId
from bot.model.reply import NewReply, Reply, ReplyId, ReplyState, Way
from bot.model.request import RequestKind
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import ANNA, LINE, a_case


def made(unit: UnitOfWork, case_id: CaseId, state: ReplyState) -> ReplyId:
    new = NewReply(case_id, Way.DIRECT, "We are on it.", "hash", ANNA.key, ANNA.name)
    reply_id = unit.replies.draft(new)
    unit.replies.move(reply_id, state, of=(ReplyState.DRAFT,))
    return reply_id


def case_of(unit: UnitOfWork) -> CaseId:
    unit.commit(LINE)
    return unit.cases.open_many([a_case()])[0]


async def test_a_yes_is_for_one_answer(db: Database) -> None:
    def two(unit: UnitOfWork) -> tuple[list[ReplyId], ApprovalId]:
        case_id = case_of(unit)
        new = NewApproval(RequestKind.REPLY, "1", "hash", "approver", 1, ANNA, case_id)
        yes = unit.approvals.ask(new, remind_at=unit.now, expires_at=unit.now)
        return [made(unit, case_id, ReplyState.ASKED) for _ in range(2)], yes

    (first, second), yes = await db.write(two)

    async def cleared(reply_id: ReplyId) -> bool:
        def work(unit: UnitOfWork) -> bool:
            unit.commit(LINE)
            return unit.replies.clear(reply_id, yes)

        return await db.write(work)

    assert await cleared(first)
    assert not await cleared(first)
    with pytest.raises((IntegrityError, Unavailable)):
        await cleared(second)


async def test_of_two_who_know_the_same_number_one_takes_it_up(db: Database) -> None:
    def prepared(unit: UnitOfWork) -> Reply | None:
        return unit.replies.get(made(unit, case_of(unit), ReplyState.CLEARED))

    known = await db.write(prepared)
    assert known is not None

    def taken_up(unit: UnitOfWork) -> tuple[bool, bool, bool]:
        unit.commit(LINE)
        first, second = unit.replies.trying(known), unit.replies.trying(known)
        # What a later one took up is not given back by an earlier one.
        newer = unit.replies.get(known.id)
        assert newer is not None
        unit.replies.trying(newer)
        return first, second, unit.replies.untried(known)

    assert await db.write(taken_up) == (True, False, False)
