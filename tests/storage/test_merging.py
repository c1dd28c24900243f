"""Two cases that are one matter in the record: all of it moves, counts once, and comes back."""

import asyncio
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from bot.model.case import CaseState, Source
from bot.model.handoff import Ticket
from bot.model.ids import CaseId
from bot.model.reply import NewReply, ReplyState, Way
from bot.model.visit import Query
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.faults.databases import blocked
from tests.storage.samples import (
    ANNA,
    BEN,
    START,
    HeldClock,
    a_case,
    a_mention,
    author,
    guarded,
    opened,
    written,
)
from tests.storage.test_notes_and_handoffs import ask, asked

JANE = author(1)


async def a_pair(db: Database) -> tuple[CaseId, CaseId]:
    """One customer in two conversations; everything there can be hangs on the second."""
    into, gone = await opened(
        db, a_case(1), a_case(2, author=JANE, summary=guarded("an invoice twice"))
    )
    await written(
        db,
        lambda unit: unit.mentions.add_many(
            [
                a_mention(into, 1),
                a_mention(gone, 2, author=JANE, words=guarded("an invoice twice")),
            ]
        ),
    )
    await written(db, lambda unit: unit.notes.add(gone, by=BEN, words=guarded("called them")))
    number = await ask(db, asked(gone))
    await written(db, lambda unit: unit.handoffs.filed(number, Ticket("77", "")))
    new = NewReply(gone, Way.PUBLIC, "We look into it – Ben", "hash", BEN.key, "Ben Berg")
    reply = await written(db, lambda unit: unit.replies.draft(new))
    await written(
        db, lambda unit: unit.replies.move(reply, ReplyState.HANDED, of=(ReplyState.DRAFT,))
    )
    return into, gone


async def merged(db: Database, gone: CaseId, into: CaseId) -> int:
    number = await written(db, lambda unit: unit.merging.into(gone, into, by=ANNA.key))
    assert number is not None
    return number


async def parted(db: Database, number: int, out_of: CaseId) -> CaseId | None:
    return await written(db, lambda unit: unit.merging.part(number, out_of=out_of, holder_too=True))


async def everything(db: Database, case_id: CaseId) -> tuple[Any, ...]:
    return await db.read(
        lambda unit: (
            unit.mentions.of_case(case_id),
            unit.notes.of_case(case_id),
            unit.handoffs.of_case(case_id),
            unit.replies.of_case(case_id),
            replace(_case(unit.cases.get(case_id)), revision=0),
        )
    )


def _case(found: Any) -> Any:
    assert found is not None
    return found


async def test_all_of_it_stands_in_the_other_case_and_comes_back_as_it_was(
    db: Database, clock: HeldClock
) -> None:
    into, gone = await a_pair(db)
    await written(db, lambda unit: unit.cases.claim(gone, by=BEN))
    before = [await everything(db, one) for one in (into, gone)]
    clock.forward(minutes=1)
    number = await merged(db, gone, into)
    view = await db.read(lambda unit: unit.cases.view(into))
    assert view is not None
    assert [each.external_id for each in view.mentions] == ["post-1", "post-2"]
    assert [each.words for each in view.notes] == ["called them"]
    assert [each.by_name for each in view.notes] == ["Ben Berg"]
    assert [each.ticket for each in view.handoffs] == ["77"]
    assert [each.id for each in view.joined] == [gone]
    assert view.case.holder == BEN.key, "nobody held it, so it is with who held the other"
    (reply,) = await db.read(lambda unit: unit.replies.of_case(into))
    assert reply.text == "We look into it – Ben"
    ended = await db.read(lambda unit: unit.cases.get(gone))
    assert ended is not None
    assert (ended.state, ended.merged_into) == (CaseState.MERGED, into)
    assert await parted(db, number, into) == gone
    assert [await everything(db, one) for one in (into, gone)] == before
    assert await parted(db, number, into) is None


async def test_a_merged_case_is_listed_found_and_counted_once(
    db: Database, clock: HeldClock
) -> None:
    into, gone = await a_pair(db)
    brought = a_case(
        3, author=author(3), source=Source.BROUGHT_IN, summary=guarded("a parrot"),
        conversation_id="",
    )  # fmt: skip
    (told,) = await opened(db, brought)
    await merged(db, gone, into)
    await merged(db, told, into)
    clock.forward(minutes=1)

    async def found(words: str) -> list[CaseId]:
        page = await db.read(lambda unit: unit.finding.page(Query(words), by=ANNA.key, size=5))
        return [case.id for case in page.cases]

    for words in ("invoice", "called", "parrot", "@customer_3", "customer_3", "bill"):
        assert await found(words) == [into], words
    assert [case.id for case in await db.read(lambda unit: unit.lists.waiting(9))] == [into]
    about = await db.read(lambda unit: unit.lists.about_handle(ANNA.key, "x", "customer_1", 9))
    assert [case.id for case in about] == [into]
    figures = await db.read(lambda unit: unit.digests.figures(START, clock.now, START))
    assert (figures.cases_opened, figures.waiting_now, figures.by_route) == (
        1,
        1,
        (("billing", 1),),
    )
    assert (figures.resolved, figures.mentions) == (0, 2)
    view = await db.read(lambda unit: unit.cases.view(into))
    assert view is not None
    assert [(each.id, each.words) for each in view.joined] == [(gone, ""), (told, "a parrot")]


async def test_later_posts_of_its_thread_go_to_the_other_and_back_when_it_is_parted(
    db: Database, clock: HeldClock
) -> None:
    into, gone = await a_pair(db)
    thread = ("conversation-2", JANE.user_id)
    number = await merged(db, gone, into)
    assert await written(db, lambda unit: unit.merging.threads("x", [thread])) == {thread: into}
    clock.forward(minutes=1)
    later = a_mention(into, 2, author=JANE, external_id="post-3")
    own = a_mention(into, 1, external_id="post-4")
    await written(db, lambda unit: unit.mentions.add_many([later, own]))
    await parted(db, number, into)
    said = await db.read(lambda unit: unit.mentions.of_case(gone))
    assert [each.external_id for each in said] == ["post-2", "post-3"]
    assert await written(db, lambda unit: unit.merging.threads("x", [thread])) == {}
    # Once the other one is resolved, what is said in the thread is a new matter.
    await merged(db, gone, into)
    await written(db, lambda unit: unit.cases.claim(into, by=ANNA))
    await written(db, lambda unit: unit.cases.resolve(into, holder=ANNA.key))
    assert await written(db, lambda unit: unit.merging.threads("x", [thread])) == {}


async def test_what_went_on_in_a_merged_case_goes_on_with_it(db: Database) -> None:
    first, second, third = await opened(db, *(a_case(number) for number in (1, 2, 3)))
    await merged(db, third, second)
    number = await merged(db, second, first)

    async def leads() -> list[CaseId | None]:
        found = [
            await db.read(lambda unit, one=one: unit.cases.get(one)) for one in (second, third)
        ]
        return [case and case.merged_into for case in found]

    assert await leads() == [first, first]
    assert await parted(db, number, second) is None, "it does not go on there"
    await parted(db, number, first)
    assert await leads() == [None, second]


async def test_out_of_a_row_of_merges_only_what_is_its_own_comes_back(
    db: Database, clock: HeldClock
) -> None:
    (first,) = await opened(db, a_case(1))
    into, gone = await a_pair(db)
    before = await everything(db, gone)
    number = await merged(db, gone, into)
    next_one = await merged(db, into, first)
    way = await db.read(lambda unit: unit.merging.way(gone))
    assert way == ((number, into), (next_one, first))
    later = a_mention(first, 2, author=JANE, external_id="post-3")
    await written(db, lambda unit: unit.mentions.add_many([later]))
    clock.forward(minutes=60)
    await written(db, lambda unit: unit.notes.add(first, by=ANNA, words=guarded("both of it")))
    assert await parted(db, number, first) == gone
    said, *more, case = await everything(db, gone)
    assert [each.external_id for each in said] == ["post-2", "post-3"]
    assert (*more, case) == before[1:]
    notes = await db.read(lambda unit: unit.notes.of_case(first))
    assert [each.words for each in notes] == ["both of it"]
    # Merged straight into it by now, it does not go with the one it came with at first.
    again = await merged(db, gone, first)
    await parted(db, next_one, first)
    assert len(await db.read(lambda unit: unit.mentions.of_case(into))) == 1
    assert len(await db.read(lambda unit: unit.mentions.of_case(first))) == 2
    assert await db.read(lambda unit: unit.merging.way(gone)) == ((again, first),)


async def test_only_an_open_case_is_merged(db: Database) -> None:
    into, gone = await opened(db, a_case(1), a_case(2))
    await written(db, lambda unit: unit.cases.claim(gone, by=ANNA))
    await written(db, lambda unit: unit.cases.resolve(gone, holder=ANNA.key))
    assert await written(db, lambda unit: unit.merging.into(gone, into, by=ANNA.key)) is None


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_a_post_that_comes_during_the_merge_finds_where_it_goes_on(
    db: Database, url: str
) -> None:
    """The other engine has one writer at a time."""
    into, gone = await opened(db, a_case(1), a_case(2, author=JANE))
    thread = ("conversation-2", JANE.user_id)

    def places(unit: UnitOfWork) -> dict[tuple[str, str], CaseId]:
        open_ones = unit.cases.threads("x", [thread])
        return open_ones | unit.merging.threads("x", [thread] if thread not in open_ones else [])

    other = await asyncpg.connect(url)
    try:
        async with other.transaction():
            await other.execute(
                "UPDATE cases SET state = 'merged', merged_into = $1 WHERE id = $2", into, gone
            )
            waiting = asyncio.ensure_future(written(db, places))
            async with asyncio.timeout(5):
                await blocked(url)
    finally:
        await other.close()
    assert await waiting == {thread: into}
