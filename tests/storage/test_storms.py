"""Storms as they are kept: one a channel at a time, and each of its cases taken once."""

import asyncio
from datetime import timedelta

from bot.model.case import Case, Urgency
from bot.model.delivery import Card, DeliveryKind, Wish
from bot.model.ids import CaseId, ChannelId, StormId
from bot.model.lanes import EDIT, SOON, lane_to
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import ANNA, BEN, HOME, HeldClock, a_case, a_mention, opened, written

CHANNEL = "#care-outage"
NEVER_MANY, ALWAYS_MANY = -1, 1000


async def a_storm(db: Database, channel: str = CHANNEL) -> StormId:
    storm_id, fresh = await written(db, lambda unit: unit.storms.open(channel, workspace=HOME))
    assert fresh
    return storm_id


async def struck(db: Database, storm_id: StormId, *urgencies: Urgency) -> list[CaseId]:
    new = [
        a_case(number, storm_id=storm_id, channel_id=ChannelId(CHANNEL), urgency=urgency)
        for number, urgency in enumerate(urgencies, start=1)
    ]
    return await opened(db, *new)


async def test_a_channel_has_one_storm_at_a_time(db: Database) -> None:
    first = await a_storm(db)
    assert await written(db, lambda unit: unit.storms.open(CHANNEL, workspace=HOME)) == (
        first,
        False,
    )
    elsewhere = await a_storm(db, "#care-billing")
    assert await db.write(lambda unit: unit.storms.raging([CHANNEL, "#quiet"])) == {CHANNEL: first}
    assert await written(db, lambda unit: unit.storms.end(first))
    assert not await written(db, lambda unit: unit.storms.end(first))
    assert await a_storm(db) not in (first, elsewhere)


async def test_two_who_open_it_at_once_open_one(db: Database) -> None:
    both = await asyncio.gather(
        *(written(db, lambda unit: unit.storms.open(CHANNEL, workspace=HOME)) for _ in range(8))
    )
    assert len({storm_id for storm_id, _ in both}) == 1
    assert sorted(fresh for _, fresh in both) == [False] * 7 + [True]


async def test_the_most_urgent_and_then_the_oldest_goes_first(db: Database) -> None:
    storm_id = await a_storm(db)
    low, high, normal, urgent = await struck(
        db, storm_id, Urgency.LOW, Urgency.HIGH, Urgency.NORMAL, Urgency.HIGH
    )
    order = [high, urgent, normal, low]

    def listed(unit: UnitOfWork) -> list[CaseId]:
        pages: list[Case] = []
        while page := unit.storms.waiting(storm_id, 3, after=pages[-1] if pages else None):
            pages += page
        return [case.id for case in pages]

    assert await written(db, listed) == order

    def take(unit: UnitOfWork) -> CaseId | None:
        case = unit.storms.next(storm_id)
        if case is not None:
            assert unit.cases.claim(case.id, by=ANNA)
        return None if case is None else case.id

    taken = [await written(db, take) for _ in range(5)]
    assert taken == [*order, None]


async def test_many_who_take_at_once_get_as_many_cases(db: Database) -> None:
    storm_id = await a_storm(db)
    cases = await struck(db, storm_id, *[Urgency.NORMAL] * 6)

    def take(unit: UnitOfWork) -> CaseId:
        case = unit.storms.next(storm_id)
        assert case is not None
        assert unit.cases.claim(case.id, by=BEN)
        return case.id

    taken = await asyncio.gather(*(written(db, take) for _ in cases))
    assert sorted(taken) == cases


async def test_its_figures_and_their_newest_words(db: Database) -> None:
    storm_id = await a_storm(db)
    one, two, three = await struck(db, storm_id, *[Urgency.NORMAL] * 3)

    def later(unit: UnitOfWork) -> None:
        unit.mentions.add_many([a_mention(one, 1), a_mention(three, 3)])
        assert unit.cases.claim(one, by=ANNA)
        assert unit.cases.claim(two, by=ANNA)
        assert unit.cases.resolve(two, holder=ANNA.key)
        unit.storms.placed(storm_id, Card("C9", "1.5"))

    await written(db, later)
    view = await db.read(lambda unit: unit.storms.view(storm_id))
    assert view is not None
    assert (view.cases, view.waiting, view.held, view.resolved) == (3, 1, 1, 1)
    assert view.by_route == (("billing", 3),)
    assert [said.case_id for said in view.newest] == [three], "the others have their own cards"
    assert view.storm.card == Card("C9", "1.5")
    assert await db.read(lambda unit: unit.storms.view(StormId(999))) is None
    (raging,) = await db.read(lambda unit: unit.storms.all_raging())
    assert (raging.cases, raging.newest) == (3, ())


async def test_the_digest_tells_of_storms_in_its_period(db: Database, clock: HeldClock) -> None:
    began = clock.now
    storm_id = await a_storm(db)
    one, *_ = await struck(db, storm_id, *[Urgency.NORMAL] * 3)
    await written(db, lambda unit: unit.cases.claim(one, by=ANNA))
    clock.forward(hours=1)
    await written(db, lambda unit: unit.storms.end(storm_id))

    async def told(since: float, until: float) -> tuple[tuple[str, int, int], ...]:
        hours = [began + timedelta(hours=hour) for hour in (since, until)]
        figures = await db.read(lambda unit: unit.digests.figures(*hours, began))
        return figures.storms

    assert await told(0.5, 2) == ((CHANNEL, 3, 2),)
    assert await told(1.5, 2) == ()
    assert await told(-2, 0) == ()


async def test_only_its_card_speaks_of_who_waits_without_one(db: Database) -> None:
    storm_id = await a_storm(db)
    waits, held, shown = await struck(db, storm_id, *[Urgency.NORMAL] * 3)
    (other,) = await opened(db, a_case(9))

    def changed(unit: UnitOfWork) -> None:
        unit.cases.claim(held, by=ANNA)
        unit.cards.placed(shown, Card("C1", "1.1"))

    await written(db, changed)
    asked = [waits, held, shown, other]
    assert await db.read(lambda unit: unit.storms.without_card(asked)) == {waits: storm_id}


async def test_the_backlog_is_what_waits_to_be_posted(db: Database) -> None:
    lane = lane_to(CHANNEL)

    def wish(unit: UnitOfWork) -> None:
        cards = [Wish(number, lane, SOON) for number in range(3)]
        unit.deliveries.want_many(DeliveryKind.CARD, [*cards, Wish(9, EDIT), Wish(8, "post:#x")])
        unit.deliveries.want(DeliveryKind.STORM, 1, lane=lane)

    await written(db, wish)
    assert await db.read(lambda unit: unit.storms.backlog([lane, "post:#y"])) == {lane: 3}


async def test_it_is_calm_once_few_joined_for_long_enough(db: Database, clock: HeldClock) -> None:
    storm_id = await a_storm(db)
    await struck(db, storm_id, *[Urgency.NORMAL] * 3)
    began = clock.now

    async def calm(most: int) -> bool:
        since = clock.now - timedelta(minutes=10)
        return bool(await db.read(lambda unit: unit.storms.calm(since=since, most=most)))

    clock.forward(minutes=9)
    assert not await calm(ALWAYS_MANY), "it has only just begun"
    await opened(db, a_case(7, storm_id=storm_id), a_case(8, storm_id=storm_id))
    clock.now = began + timedelta(minutes=11)
    assert not await calm(1), "two joined two minutes ago"
    assert await calm(2), "a channel need not fall silent"
    assert not await calm(NEVER_MANY)
