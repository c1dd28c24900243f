"""Six fingers on Send: however many previews of the same words there are, they go out once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model.ids import CaseId, VisitKey
from bot.model.person import Membership, Person, Workspace
from bot.model.reply import ReplyId
from bot.model.visit import Visit
from tests.faults.databases import count
from tests.journeys.answering import Desk, answering
from tests.running import Mode

WORDS = "We are on it."
ANNA = Person(Workspace("T0USHER"), "U0ANNA", "Anna Berg", Membership.MEMBER)


@pytest.fixture
async def desk(tmp_path: Path, database_url: str, mode: Mode) -> AsyncIterator[Desk]:
    async with answering(tmp_path, database_url, mode) as made:
        yield made


async def test_six_previews_of_the_same_words_are_one_answer(desk: Desk, database_url: str) -> None:
    previews = [await preview(desk, number) for number in range(6)]
    assert len(set(previews)) == 6
    await one_goes(desk, previews, database_url)


async def test_one_preview_sent_six_times_is_one_answer(desk: Desk, database_url: str) -> None:
    await one_goes(desk, [await preview(desk, 0)] * 6, database_url)


async def one_goes(desk: Desk, previews: list[ReplyId], database_url: str) -> None:
    care, db = desk.house.usher.care, desk.house.usher.rooms.db
    # Connections that must be made first would let the six in one by one.
    await asyncio.gather(*(db.technical(lambda unit: unit.cursors.beats()) for _ in range(10)))
    answers = await asyncio.gather(
        *(
            care.replies.send(reply_id, visit=Visit(VisitKey(f"send-{number}"), ANNA))
            for number, reply_id in enumerate(previews)
        )
    )
    said = [answer.text for answer in answers]
    assert all("on its way" in words or "on their way already" in words for words in said), said
    assert sum(answer.refused for answer in answers) == 5
    assert await count(database_url, "audit_events WHERE action = 'reply.queued'") == 1
    await desk.one_stands(WORDS)


async def preview(desk: Desk, number: int) -> ReplyId:
    visit = Visit(VisitKey(f"preview-{number}"), ANNA)
    shown = await desk.house.usher.care.replies.write(CaseId(desk.number), WORDS, visit=visit)
    assert shown.form is not None
    return ReplyId(int(dict(shown.form.filled)["reply"]))
