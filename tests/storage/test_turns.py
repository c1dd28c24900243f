"""Turns: never more than the rate and its burst allow, whoever asks, and nobody waits in vain."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.delivery import Card, Delivery, DeliveryKind, Leased, Wish
from bot.model.lanes import EDIT, NOW, SOON, Rate, Rates, lane_to
from storage.database import Database
from storage.turns import HOLD, LONGEST_REST, Mark
from storage.vault import Vault
from tests.storage.samples import START, HeldClock, a_case, opened, written

CARD, MESSAGE = DeliveryKind.CARD, DeliveryKind.MESSAGE
BILLING, OUTAGE = lane_to("#billing"), lane_to("#outage")
RATES = Rates(post=Rate(1.0), dm=Rate(1.0), edit=Rate(1.0, burst=3))


async def lease(db: Database, *, limit: int = 20) -> Leased:
    return await db.technical(
        lambda unit: unit.deliveries.lease(owner="one", limit=limit, seconds=60, rates=RATES)
    )


async def home(db: Database, row: Delivery, *, rest: float = 0.0) -> None:
    def work(unit) -> None:
        unit.deliveries.done(row)
        unit.turns.home(row.lane, RATES.of(row.lane), rest=rest)

    await db.technical(work)


async def wish(db: Database, *wishes: Wish) -> None:
    await written(db, lambda unit: unit.deliveries.want_many(CARD, wishes))


def subjects(leased: Leased) -> list[str]:
    return [row.subject for row in leased.rows]


@given(
    rate=st.builds(Rate, st.floats(0.05, 5.0), st.integers(1, 8)),
    asked=st.lists(
        st.tuples(st.floats(0.0, 4.0), st.integers(1, 10), st.booleans()), min_size=1, max_size=40
    ),
)
def test_in_no_window_more_than_the_burst_and_its_share_of_the_time(
    rate: Rate, asked: list[tuple[float, int, bool]]
) -> None:
    """Each asks so much later, for so many at most; some come home before the next one asks."""
    now, free_at = START, Mark(START).free_at
    taken: list[float] = []
    for passed, most, comes_home in asked:
        now += timedelta(seconds=passed)
        mark = Mark(now, free_at)
        count = min(most, mark.room(rate))
        if count:
            taken += [(now - START).total_seconds()] * count
            free_at = mark.after(rate, count)
            if comes_home and rate.burst == 1:
                free_at = now + timedelta(seconds=rate.every)
    for first, since in enumerate(taken):
        for last, until in enumerate(taken[first:], start=first):
            assert last - first + 1 <= rate.burst + (until - since) / rate.every + 1e-3


@given(rate=st.builds(Rate, st.floats(0.05, 5.0), st.integers(1, 8)), count=st.integers(1, 8))
def test_whoever_waits_as_long_as_told_gets_a_turn(rate: Rate, count: int) -> None:
    mark = Mark(START)
    free_at = mark.after(rate, min(count, mark.room(rate)))
    opens = Mark(START, free_at).opens_at(rate)
    assert Mark(max(START, opens), free_at).room(rate) >= 1


async def test_of_each_channel_one_and_of_edits_a_few(db: Database, clock: HeldClock) -> None:
    await wish(db, *(Wish(f"b{one}", BILLING) for one in range(9)))
    await wish(db, *(Wish(f"o{one}", OUTAGE) for one in range(9)), Wish("edited", EDIT, NOW))
    leased = await lease(db)
    assert subjects(leased) == ["edited", "b0", "o0"]
    assert leased.again_in == HOLD.total_seconds()
    assert subjects(await lease(db)) == []
    for row in leased.rows:
        await home(db, row)
    told = await lease(db)
    assert (subjects(told), told.again_in) == ([], 1.0)
    clock.forward(seconds=1)
    assert subjects(await lease(db)) == ["b1", "o1"]


async def test_who_died_with_a_turn_holds_its_lane_up_for_seconds(
    db: Database, clock: HeldClock
) -> None:
    await wish(db, Wish(1, BILLING), Wish(2, BILLING))
    assert subjects(await lease(db)) == ["1"]
    clock.now += HOLD
    assert subjects(await lease(db)) == ["2"]


async def test_two_replicas_never_take_the_same_turn(
    db: Database, url: str, vault: Vault, clock: HeldClock
) -> None:
    other = await Database.open(url, vault=vault, clock=clock)
    try:
        for second in range(5):
            await wish(db, *(Wish(f"{second}.{one}", BILLING) for one in range(4)))
            rounds = await asyncio.gather(*(lease(each) for each in (db, other) * 4))
            assert sum(len(leased.rows) for leased in rounds) == 1
            clock.now += HOLD
    finally:
        await other.close()


async def test_a_clock_that_was_set_back_stops_no_lane(db: Database, clock: HeldClock) -> None:
    await wish(db, *(Wish(one, BILLING) for one in range(3)))
    (row,) = (await lease(db)).rows
    await home(db, row, rest=LONGEST_REST.total_seconds())
    clock.forward(hours=-1)
    await written(
        db, lambda unit: unit.deliveries.want(CARD, "soon", lane=BILLING, priority=NOW, delay=-9999)
    )
    assert subjects(await lease(db)) == ["soon"]


async def test_the_urgent_one_goes_first_and_who_is_looked_at_becomes_urgent(
    db: Database, clock: HeldClock
) -> None:
    await wish(db, Wish("first", BILLING, SOON), Wish("high", BILLING, NOW))
    await wish(db, Wish("second", BILLING, SOON))
    await written(db, lambda unit: unit.deliveries.want(CARD, "second"))
    seen = []
    for _ in range(3):
        (row,) = (await lease(db)).rows
        seen.append((row.subject, row.lane))
        await home(db, row)
        clock.forward(seconds=1)
    assert seen == [("high", BILLING), ("second", BILLING), ("first", BILLING)]


@pytest.mark.parametrize("limit", [1, 2])
async def test_who_can_carry_no_more_takes_no_more_turns(db: Database, limit: int) -> None:
    await wish(db, *(Wish(one, EDIT) for one in range(3)))
    leased = await lease(db, limit=limit)
    assert (len(leased.rows), leased.again_in) == (limit, None)
    assert len((await lease(db)).rows) == 3 - limit


async def test_a_placed_card_is_edited_and_one_that_is_gone_is_posted_again(db: Database) -> None:
    (case_id,) = await opened(db, a_case())
    place = Card("C1", "1.1")
    await wish(db, Wish(case_id, BILLING))
    await written(db, lambda unit: unit.cards.placed(case_id, place))
    await written(db, lambda unit: unit.deliveries.want(CARD, case_id, lane=BILLING))
    assert await db.read(lambda unit: unit.deliveries.lane(CARD, case_id)) == EDIT
    assert await db.read(lambda unit: unit.cards.at(place)) == case_id
    await written(db, lambda unit: unit.cards.blank(case_id, by="T1:CORA"))
    await written(db, lambda unit: unit.cards.gone(case_id))
    assert await db.read(lambda unit: unit.cards.where(case_id)) is None
    assert await db.read(lambda unit: unit.cards.at(place)) is None
    assert await db.read(lambda unit: unit.deliveries.lane(CARD, 404)) is None


async def test_a_case_is_blanked_before_it_has_a_card(db: Database) -> None:
    (case_id,) = await opened(db, a_case())
    await written(db, lambda unit: unit.cards.blank(case_id, by="T1:CORA"))
    case = await db.read(lambda unit: unit.cases.get(case_id))
    assert case is not None
    assert case.is_blanked
    assert await db.read(lambda unit: unit.cards.where(case_id)) is None
    await written(db, lambda unit: unit.cards.placed(case_id, Card("C1", "1.1")))
    case = await db.read(lambda unit: unit.cases.get(case_id))
    assert case is not None
    assert case.is_blanked


async def test_one_turn_for_words_to_a_person(db: Database, clock: HeldClock) -> None:
    lane = lane_to("U1")

    async def take() -> float:
        return await db.technical(lambda unit: unit.turns.take(lane, RATES))

    assert await take() == 0.0
    assert await take() == HOLD.total_seconds()
    await db.technical(lambda unit: unit.turns.home(lane, RATES.of(lane)))
    assert await take() == 1.0
    clock.forward(seconds=1)
    assert await take() == 0.0
