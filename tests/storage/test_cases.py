"""The life of a case: every step is one statement that happens or does not."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.model.case import Case, CaseState, Source, Urgency
from bot.model.ids import CaseId, PersonKey
from bot.model.mention import Author
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import (
    ANNA,
    BEN,
    HOME,
    START,
    HeldClock,
    a_case,
    author,
    guarded,
    opened,
    person,
    written,
)


async def case_of(db: Database, case_id: CaseId) -> Case:
    case = await db.read(lambda unit: unit.cases.get(case_id))
    assert case is not None
    return case


async def held_by_anna(db: Database) -> CaseId:
    (case_id,) = await opened(db)
    assert await written(db, lambda unit: unit.cases.claim(case_id, by=ANNA))
    return case_id


async def test_a_case_comes_back_as_it_was_opened(db: Database) -> None:
    (case_id,) = await opened(db, a_case(7, urgency=Urgency.HIGH, source=Source.BROUGHT_IN))
    case = await case_of(db, case_id)
    assert case.author == author(7)
    assert (case.workspace, case.state, case.source) == (HOME, CaseState.OPEN, Source.BROUGHT_IN)
    assert (case.summary, case.route, case.channel_id) == ("my bill 7 is wrong", "billing", "C1")
    assert (case.urgency, case.urgency_reason) == (Urgency.HIGH, "word: bill")
    assert case.permalink == "https://x.com/customer_7/status/7"
    assert (case.holder, case.holder_name, case.revision) == (None, "", 1)
    assert (case.opened_at, case.claimed_at, case.resolved_at) == (START, None, None)


async def test_many_cases_get_their_numbers_in_order(db: Database) -> None:
    ids = await opened(db, *(a_case(number) for number in range(150)))
    assert ids == sorted(ids)
    assert len(await opened(db, a_case(1), a_case(2))) == 2
    assert (await case_of(db, ids[0])).author.handle == "customer_0"
    assert (await case_of(db, ids[149])).author.handle == "customer_149"
    assert await written(db, lambda unit: unit.cases.open_many([])) == []


async def test_an_unknown_case_is_none(db: Database) -> None:
    nowhere = CaseId(404)
    assert await db.read(lambda unit: unit.cases.get(nowhere)) is None
    assert await db.read(lambda unit: unit.cases.view(nowhere)) is None
    assert not await written(db, lambda unit: unit.cases.claim(nowhere, by=ANNA))


async def test_fifty_claim_and_one_holds(db: Database, clock: HeldClock) -> None:
    (case_id,) = await opened(db)
    clock.forward(minutes=4)
    people = [person(f"U{number}") for number in range(50)]
    won = await asyncio.gather(
        *(written(db, lambda unit, by=by: unit.cases.claim(case_id, by=by)) for by in people)
    )
    assert sum(won) == 1
    case, winner = await case_of(db, case_id), people[won.index(True)]
    assert (case.holder, case.holder_name) == (winner.key, winner.name)
    assert (case.claimed_at, case.revision) == (START + timedelta(minutes=4), 2)


async def test_only_the_holder_releases_passes_and_resolves(db: Database) -> None:
    case_id = await held_by_anna(db)

    def as_ben(unit: UnitOfWork) -> list[bool]:
        return [
            unit.cases.release(case_id, holder=BEN.key),
            unit.cases.hand_to(case_id, holder=BEN.key, to=BEN.key, to_name=BEN.name),
            unit.cases.resolve(case_id, holder=BEN.key),
        ]

    assert await written(db, as_ben) == [False, False, False]
    assert (await case_of(db, case_id)).holder == ANNA.key


async def test_a_released_case_waits_again(db: Database) -> None:
    case_id = await held_by_anna(db)
    assert await written(db, lambda unit: unit.cases.release(case_id, holder=ANNA.key))
    case = await case_of(db, case_id)
    assert (case.holder, case.holder_name, case.claimed_at, case.revision) == (None, "", None, 3)
    assert await written(db, lambda unit: unit.cases.claim(case_id, by=BEN))


async def test_a_case_is_passed_on(db: Database) -> None:
    case_id = await held_by_anna(db)
    assert await written(
        db,
        lambda unit: unit.cases.hand_to(case_id, holder=ANNA.key, to=BEN.key, to_name="Ben Berg"),
    )
    case = await case_of(db, case_id)
    assert (case.holder, case.holder_name) == (BEN.key, "Ben Berg")


async def test_a_resolved_case_is_closed_until_it_is_opened_again(db: Database) -> None:
    case_id = await held_by_anna(db)
    assert await written(db, lambda unit: unit.cases.resolve(case_id, holder=ANNA.key))
    case = await case_of(db, case_id)
    assert (case.state, case.resolved_at, case.holder) == (CaseState.RESOLVED, START, ANNA.key)
    assert not await written(db, lambda unit: unit.cases.release(case_id, holder=ANNA.key))
    assert not await written(db, lambda unit: unit.cases.claim(case_id, by=BEN))
    assert await written(db, lambda unit: unit.cases.reopen(case_id))
    assert not await written(db, lambda unit: unit.cases.reopen(case_id))
    case = await case_of(db, case_id)
    assert (case.state, case.resolved_at, case.holder) == (CaseState.OPEN, None, ANNA.key)


async def test_a_claim_is_taken_back_while_nobody_built_on_it(db: Database) -> None:
    case_id = await held_by_anna(db)

    def back(unit: UnitOfWork) -> bool:
        return unit.cases.take_back(case_id, holder=None, now_held_by=ANNA.key, name="")

    assert await written(db, back)
    assert (await case_of(db, case_id)).holder is None
    assert not await written(db, back)


async def test_a_release_is_taken_back(db: Database) -> None:
    case_id = await held_by_anna(db)
    await written(db, lambda unit: unit.cases.release(case_id, holder=ANNA.key))

    def back(unit: UnitOfWork) -> bool:
        return unit.cases.take_back(case_id, holder=ANNA.key, now_held_by=None, name="Anna Berg")

    assert await written(db, back)
    case = await case_of(db, case_id)
    assert (case.holder, case.holder_name, case.claimed_at) == (ANNA.key, "Anna Berg", START)
    assert not await written(db, back)


async def test_touch_raises_each_revision_once(db: Database) -> None:
    first, second, other = await opened(db, a_case(1), a_case(2), a_case(3))
    await written(db, lambda unit: unit.cases.touch([first, second, first]))
    revisions = [(await case_of(db, case_id)).revision for case_id in (first, second, other)]
    assert revisions == [2, 2, 1]


async def test_threads_are_open_cases_by_conversation_and_author(db: Database) -> None:
    older, newer, closed, silent = await opened(
        db,
        a_case(1, conversation_id="talk"),
        a_case(1, conversation_id="talk"),
        a_case(2, conversation_id="talk"),
        a_case(3, conversation_id=""),
    )
    await written(db, lambda unit: unit.cases.claim(closed, by=ANNA))
    await written(db, lambda unit: unit.cases.resolve(closed, holder=ANNA.key))
    asked = [("talk", "1001"), ("talk", "1002"), ("other", "1001"), ("", "1003"), ("talk", "")]
    found = await written(db, lambda unit: unit.cases.threads("x", asked))
    assert found == {("talk", "1001"): newer}
    assert older < newer < silent
    assert await written(db, lambda unit: unit.cases.threads("mastodon", asked)) == {}
    assert await written(db, lambda unit: unit.cases.threads("x", [])) == {}


async def test_what_waits_is_most_urgent_first_then_oldest(db: Database, clock: HeldClock) -> None:
    (low,) = await opened(db, a_case(1, urgency=Urgency.LOW))
    (normal,) = await opened(db, a_case(2))
    clock.forward(hours=1)
    later, high, held = await opened(db, a_case(3), a_case(4, urgency=Urgency.HIGH), a_case(5))
    await written(db, lambda unit: unit.cases.claim(held, by=ANNA))
    waiting = await db.read(lambda unit: unit.lists.waiting(10))
    assert [case.id for case in waiting] == [high, normal, later, low]
    assert [case.id for case in await db.read(lambda unit: unit.lists.waiting(1))] == [high]


async def test_mine_are_the_open_ones_i_claimed_last_first(db: Database, clock: HeldClock) -> None:
    ids = await opened(db, a_case(1), a_case(2), a_case(3), a_case(4))
    for case_id in (ids[2], ids[0], ids[3]):
        clock.forward(minutes=1)
        await written(db, lambda unit, this=case_id: unit.cases.claim(this, by=ANNA))
    await written(db, lambda unit: unit.cases.claim(ids[1], by=BEN))
    await written(db, lambda unit: unit.cases.resolve(ids[3], holder=ANNA.key))
    mine = await db.read(lambda unit: unit.lists.held_by(ANNA.key, 10))
    assert [case.id for case in mine] == [ids[0], ids[2]]


async def test_cases_about_a_handle_have_the_one_i_hold_first(db: Database) -> None:
    held = await held_by_anna(db)
    (newer,) = await written(db, lambda unit: unit.cases.open_many([a_case(1)]))

    async def about(handle: str, *, key: PersonKey = ANNA.key, network: str = "x") -> list[CaseId]:
        cases = await db.read(lambda unit: unit.lists.about_handle(key, network, handle, 5))
        return [case.id for case in cases]

    assert await about("customer_1") == [held, newer]
    assert await about("@Customer_1") == [held, newer]
    assert await about("customer_1", key=BEN.key) == [newer, held]
    assert await about("customer_11") == []
    assert await about("customer_1", network="mastodon") == []


async def test_a_case_brought_in_learns_whose_handle_it_is(db: Database) -> None:
    alone = Author("x", "", "customer_1", "")
    others = (replace(alone, handle="customer_2"), replace(alone, user_id="1"))
    ids = await opened(db, a_case(author=alone))
    for one in (replace(alone, handle="@Customer_1"), *others):
        ids += await opened(db, a_case(author=one))
    assert (await case_of(db, ids[1])).author.handle == "customer_1", "as it was typed first"
    author = Author("x", "777", "customer_1", "Now Known")
    known = await written(
        db, lambda unit: unit.cases.identify("CUSTOMER_1", author, guarded("Now Known"))
    )
    assert known == ids[:2]
    found = [(await case_of(db, one)).author for one in ids]
    assert [one.user_id for one in found] == ["777", "777", "", "1"]
    assert found[0].name == "Now Known"
