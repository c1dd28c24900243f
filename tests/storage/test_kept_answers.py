"""How often a kept answer was used and helped, asked of what became of the cases it was used on."""

import pytest

from bot.model.ids import CaseId, KeptId
from bot.model.kept_answer import NewKept
from bot.model.reply import NewReply, ReplyId, ReplyState, Sent, Way
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import (
    ANNA,
    BEN,
    HeldClock,
    a_case,
    a_mention,
    author,
    guarded,
    opened,
    written,
)


def replied(unit: UnitOfWork, case_id: CaseId) -> ReplyId:
    text = f"We are on it, and say so in {case_id}."
    return unit.replies.draft(NewReply(case_id, Way.PUBLIC, text, "hash", ANNA.key, ANNA.name))


def went(unit: UnitOfWork, reply_id: ReplyId) -> None:
    assert unit.replies.move(reply_id, ReplyState.CLEARED, of=(ReplyState.DRAFT,))
    assert unit.replies.sent(reply_id, Sent("1", "https://x.com/acme/status/1"))


def kept(
    unit: UnitOfWork,
    case_id: CaseId,
    words: str = "We are on it.",
    *,
    title: str = "On it",
    topic: str = "billing",
) -> KeptId | None:
    return unit.kept_answers.keep(
        NewKept(replied(unit, case_id), case_id, topic, guarded(title), guarded(words), ANNA)
    )


async def used_on(db: Database, kept_id: KeptId, number: int, *, sent: bool = True) -> CaseId:
    """A case of its own customer that was answered with it."""
    (case_id,) = await opened(db, a_case(number))

    def answer(unit: UnitOfWork) -> None:
        assert unit.cases.claim(case_id, by=BEN)
        reply_id = replied(unit, case_id)
        unit.kept_answers.use(kept_id, case_id=case_id, reply_id=reply_id, by=BEN.key)
        if sent:
            went(unit, reply_id)

    await written(db, answer)
    return case_id


async def resolved(db: Database, case_id: CaseId) -> None:
    assert await written(db, lambda unit: unit.cases.resolve(case_id, holder=BEN.key))


async def wrote_again(db: Database, clock: HeldClock, number: int, post: int) -> None:
    """By the same handle, in a case of its own."""
    (case_id,) = await opened(db, a_case(number, conversation_id=f"later-{post}"))
    later = a_mention(case_id, post, author=author(number), created_at=clock.now)
    await written(db, lambda unit: unit.mentions.add_many([later]))


async def counted(db: Database, kept_id: KeptId) -> tuple[int, int]:
    kept = await db.read(lambda unit: unit.kept_answers.find("", topic="", most=9))
    (found,) = [each for each in kept if each.id == kept_id]
    return found.used, found.helped


@pytest.fixture
async def kept_id(db: Database) -> KeptId:
    (case_id,) = await opened(db, a_case(1))
    made = await written(db, lambda unit: kept(unit, case_id))
    assert made is not None
    return made


async def test_it_helped_where_a_resolved_case_stayed_quiet_for_seven_days(
    db: Database, clock: HeldClock, kept_id: KeptId
) -> None:
    quiet, loud, late, unresolved = [await used_on(db, kept_id, each) for each in (2, 3, 4, 5)]
    assert unresolved
    assert await counted(db, kept_id) == (4, 0)
    for case_id in (quiet, loud, late):
        await resolved(db, case_id)
    clock.forward(days=6)
    await wrote_again(db, clock, 3, post=30)
    assert await counted(db, kept_id) == (4, 0)
    clock.forward(days=1, seconds=1)
    await wrote_again(db, clock, 4, post=40)
    assert await counted(db, kept_id) == (4, 2)


async def test_a_draft_that_never_went_is_no_use_and_two_in_a_case_are_one(
    db: Database, kept_id: KeptId
) -> None:
    await used_on(db, kept_id, 2, sent=False)
    assert await counted(db, kept_id) == (0, 0)
    case_id = await used_on(db, kept_id, 3)

    def again(unit: UnitOfWork) -> None:
        unit.kept_answers.use(kept_id, case_id=case_id, reply_id=None, by=BEN.key)

    await written(db, again)
    assert await counted(db, kept_id) == (1, 0)


async def test_its_own_topic_comes_first_then_what_helped_most(
    db: Database, clock: HeldClock
) -> None:
    (case_id,) = await opened(db, a_case(1))

    def keep(unit: UnitOfWork) -> list[KeptId | None]:
        return [
            kept(unit, case_id, "Wir melden uns, Straße & ÄÖÜ.", title="Deutsch"),
            kept(unit, case_id, "We are on it, truly.", title="Helped"),
            kept(unit, case_id, "It is down, we are on it.", title="Down", topic="outage"),
        ]

    _, helped, _ = await written(db, keep)
    assert helped is not None
    await resolved(db, await used_on(db, helped, 2))
    clock.forward(days=8)

    async def found(words: str, topic: str) -> list[str]:
        return await db.read(
            lambda unit: [e.title for e in unit.kept_answers.find(words, topic=topic, most=9)]
        )

    assert await found("", "billing") == ["Helped", "Deutsch", "Down"]
    assert await found("", "outage") == ["Down", "Helped", "Deutsch"]
    assert await found("ON it", "billing") == ["Helped", "Down"]
    assert await found("STRASSE", "billing") == ["Deutsch"]
    assert await found("deutsch äöü", "billing") == ["Deutsch"]
    assert await found("100%_", "billing") == []


async def test_the_same_words_are_kept_once_and_what_is_forgotten_may_come_back(
    db: Database, kept_id: KeptId
) -> None:
    (case_id,) = await opened(db, a_case(7))
    assert await written(db, lambda unit: kept(unit, case_id, "WE are on it.")) is None
    assert await written(db, lambda unit: unit.kept_answers.forget(kept_id, ANNA.key))
    assert not await written(db, lambda unit: unit.kept_answers.forget(kept_id, ANNA.key))
    anew = await written(db, lambda unit: kept(unit, case_id))
    assert anew not in (None, kept_id)
    assert not await written(db, lambda unit: unit.kept_answers.remember(kept_id))
    assert await written(db, lambda unit: unit.kept_answers.forget(anew, ANNA.key))
    assert await written(db, lambda unit: unit.kept_answers.remember(kept_id))
