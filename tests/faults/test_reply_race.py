"""Yes, no, other words and a hold, all in one moment: one of them is first, and nobody is stuck.

On PostgreSQL alone: SQLite has one writer, so that nobody there ever waits for two rows.
"""

import asyncio
from pathlib import Path

from bot.model.ids import ApprovalId, CaseId, VisitKey
from bot.model.person import Membership, Person, Workspace
from bot.model.reply import ReplyId
from bot.model.visit import Visit
from tests.faults.databases import count, rows
from tests.faults.waiting import until_told
from tests.journeys.answering import Desk, answering
from tests.postgres import fresh_database

ROUNDS = 6
HOME = Workspace("T0USHER")


def person(user_id: str, name: str, *roles: str) -> Person:
    return Person(HOME, user_id, name, Membership.MEMBER, frozenset(roles))


ANNA = person("U0ANNA", "Anna Berg")
CORA = person("U0CORA", "Cora Lind", "coordinator", "approver")
MINA = person("U0MINA", "Mina Sato", "manager", "approver")
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
UNASKED = (
    "approvals a WHERE a.state = 'open' AND NOT EXISTS (SELECT 1 FROM replies r"
    " WHERE r.state = 'asked' AND r.hash = a.text_hash AND r.case_id = a.case_id)"
)
UNANSWERED = (
    "replies r WHERE r.state = 'asked' AND NOT EXISTS (SELECT 1 FROM approvals a"
    " WHERE a.state = 'open' AND r.hash = a.text_hash AND r.case_id = a.case_id)"
)
WITHOUT_A_YES = (
    "replies r WHERE r.state IN ('cleared', 'sending', 'sent') AND NOT EXISTS (SELECT 1 FROM"
    " approvals a WHERE a.id = r.approval_id AND a.state = 'granted' AND a.text_hash = r.hash)"
)
ON_THE_WAY = "replies WHERE state IN ('cleared', 'sending')"


async def test_yes_no_other_words_and_a_hold_at_once(tmp_path: Path) -> None:
    url = fresh_database()
    async with answering(tmp_path, url, "socket", profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        db = desk.house.usher.rooms.db
        # Connections that must be made first would let them in one by one.
        await asyncio.gather(*(db.technical(lambda unit: unit.cursors.beats()) for _ in range(10)))
        for number in range(ROUNDS):
            await one_round(desk, url, number)
        for wrong in (UNASKED, UNANSWERED, WITHOUT_A_YES):
            assert await count(url, wrong) == 0, wrong
        assert len(desk.ours()) == await count(url, "replies WHERE state = 'sent'")
        assert await rows(url, DEADLOCKS) == [(0,)]
        assert (await desk.house.usher.verify()).broken == ()


async def one_round(desk: Desk, url: str, number: int) -> None:
    care = desk.house.usher.care
    await care.replies.send(
        await preview(desk, f"This {number}."), visit=visit(ANNA, f"ask-{number}")
    )
    other = await preview(desk, f"That {number}.")
    ((newest,),) = await rows(url, "SELECT max(id) FROM approvals")
    approval_id = ApprovalId(newest)
    await asyncio.gather(
        care.approvals.approve(approval_id, visit=visit(CORA, f"yes-{number}")),
        care.replies.send(other, visit=visit(ANNA, f"edit-{number}")),
        care.approvals.reject(approval_id, "Too early.", visit=visit(MINA, f"no-{number}")),
        care.holds.hold("billing", visit=visit(CORA, f"hold-{number}")),
        care.settling.settle(approval_id),
    )
    await care.holds.lift("billing", visit=visit(CORA, f"lift-{number}"))

    async def gone() -> bool:
        return await count(url, ON_THE_WAY) == 0

    await until_told(gone)


async def preview(desk: Desk, words: str) -> ReplyId:
    shown = await desk.house.usher.care.replies.write(
        CaseId(desk.number), words, visit=visit(ANNA, words)
    )
    assert shown.form is not None
    return ReplyId(int(dict(shown.form.filled)["reply"]))


def visit(by: Person, key: str) -> Visit:
    return Visit(VisitKey(key), by)
