"""Taken back at the very moment it begins to go out: withdrawn or sent, and never both.

On PostgreSQL alone, as test_reply_race.py.
"""

import asyncio
from pathlib import Path

from bot.model.ids import CaseId, VisitKey
from bot.model.person import Membership, Person, Workspace
from bot.model.reply import ReplyId
from bot.model.visit import Answer, Visit
from tests.faults.databases import count, rows
from tests.faults.waiting import until_told
from tests.journeys.answering import Desk, answering
from tests.postgres import fresh_database

ANNA = Person(Workspace("T0USHER"), "U0ANNA", "Anna Berg", Membership.MEMBER)
ROUNDS = 6
MOMENTS = (0.0, 0.01, 0.03)
"""Seconds after it was sent off: before, while and after the courier takes it up."""
BOTH = "replies WHERE state = 'void' AND (tries > 0 OR external_id <> '')"
NEITHER = "replies WHERE state IN ('cleared', 'sending')"
RIGHT = {"void", "sent"}


def visit(key: str) -> Visit:
    return Visit(VisitKey(key), ANNA)


async def test_an_answer_is_taken_back_or_sent_and_never_both(tmp_path: Path) -> None:
    url = fresh_database()
    async with answering(tmp_path, url, "socket") as desk:
        for number in range(ROUNDS):
            await one_round(desk, url, number)
        states = {state for (state,) in await rows(url, "SELECT state FROM replies")}
        assert states <= RIGHT
        assert await count(url, BOTH) == 0
        sent = await count(url, "replies WHERE state = 'sent'")
        assert await count(url, "audit_events WHERE action = 'reply.sending'") == sent
        assert len(desk.ours()) == sent
        assert (await desk.house.usher.verify()).broken == ()


async def one_round(desk: Desk, url: str, number: int) -> None:
    """Every other time the case is let go instead; what is told is what became of it."""
    care, words = desk.house.usher.care, f"Round {number}."
    case_id = CaseId(desk.number)
    shown = await care.replies.write(case_id, words, visit=visit(f"write-{number}"))
    assert shown.form is not None
    # X takes its time, so that what has begun is not over at once.
    desk.house.sandbox.x.faults.inject("timeout:0.1", on="create")
    reply_id = ReplyId(int(dict(shown.form.filled)["reply"]))
    await care.replies.send(reply_id, visit=visit(f"send-{number}"))
    await asyncio.sleep(MOMENTS[number // 2 % len(MOMENTS)])
    said = await _takes_back(desk, number)

    async def settled() -> bool:
        return await count(url, NEITHER) == 0

    await until_told(settled)
    stands = any(words in text for text in desk.ours())
    assert stands is (await count(url, f"replies WHERE id = {reply_id} AND state = 'sent'") == 1)
    if number % 2:
        await care.cases.claim(case_id, visit=visit(f"claim-{number}"))
        return
    assert ("does not go out" in said.text) is not stands
    assert said.refused is stands


async def _takes_back(desk: Desk, number: int) -> Answer:
    care = desk.house.usher.care
    if number % 2:
        return await care.cases.release(CaseId(desk.number), visit=visit(f"release-{number}"))
    return await care.undoing.undo(visit=visit(f"undo-{number}"))
