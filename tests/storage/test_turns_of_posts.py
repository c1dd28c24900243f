"""Slack counts all posts of a workspace together: so do we, in all replicas, and edits go on."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.model.delivery import Delivery, DeliveryKind, Leased, Wish
from bot.model.lanes import EDIT, NOW, POSTS, SLACKS, Rate, Rates, lane_to
from storage.database import Database
from storage.turns import HOLD, LONGEST_REST
from storage.vault import Vault
from tests.storage.samples import HeldClock, written

CARD = DeliveryKind.CARD
RATES = Rates(post=Rate(1.0), dm=Rate(1.0), posts=Rate(0.5, burst=4))
CHANNELS = tuple(lane_to(f"#channel{number}") for number in range(12))
ANNA = lane_to("U0ANNA")


@pytest.fixture
async def other(url: str, vault: Vault, clock: HeldClock) -> AsyncIterator[Database]:
    """The same database as another replica sees it."""
    opened = await Database.open(url, vault=vault, clock=clock)
    yield opened
    await opened.close()


async def lease(db: Database, rates: Rates = RATES) -> Leased:
    return await db.technical(
        lambda unit: unit.deliveries.lease(owner="one", limit=20, seconds=60, rates=rates)
    )


async def home(db: Database, row: Delivery, *, rest: float = 0.0) -> None:
    def work(unit) -> None:
        unit.deliveries.done(row)
        unit.turns.home(row.lane, RATES.of(row.lane), rest=rest)

    await db.technical(work)


async def wish(db: Database, *lanes: str) -> None:
    wishes = [Wish(f"{lane} {number}", lane, NOW) for number, lane in enumerate(lanes)]
    await written(db, lambda unit: unit.deliveries.want_many(CARD, wishes))


def lanes(leased: Leased) -> list[str]:
    return sorted(row.lane for row in leased.rows)


def test_in_no_minute_more_posts_than_slack_takes() -> None:
    rate = SLACKS.of(POSTS)
    assert rate.burst + 60 / rate.every <= 300


async def test_of_all_channels_together_no_more_than_the_workspace_has_turns(
    db: Database, clock: HeldClock
) -> None:
    await wish(db, *CHANNELS, EDIT)
    first = await lease(db)
    assert len(first.rows) == 4 + 1
    assert EDIT in lanes(first)
    assert first.again_in == 0.5
    assert (await lease(db)).rows == ()
    clock.forward(seconds=0.5)
    assert len((await lease(db)).rows) == 1
    clock.forward(seconds=50)
    assert len((await lease(db)).rows) == 4, "not more after a pause"


async def test_replicas_that_ask_at_once_share_them(
    db: Database, other: Database, clock: HeldClock
) -> None:
    await wish(db, *CHANNELS)
    for expected in (4, 2, 2):
        rounds = await asyncio.gather(*(lease(each) for each in (db, other) * 4))
        # Of two who write the very first turn one is too late, and comes again.
        rounds += [await lease(db)]
        assert sum(len(leased.rows) for leased in rounds) == expected
        clock.forward(seconds=1)


async def test_words_to_a_person_pay_for_their_turn_there_too(
    db: Database, clock: HeldClock
) -> None:
    await wish(db, *CHANNELS)

    async def take(lane: str) -> float:
        return await db.technical(lambda unit: unit.turns.take(lane, RATES))

    assert await take(ANNA) == 0.0
    assert len((await lease(db)).rows) == 3
    assert await take(lane_to("U0BEN")) == 0.5
    assert await take(EDIT) == 0.0
    clock.forward(seconds=0.5)
    assert await take(lane_to("U0BEN")) == 0.0


async def test_a_refused_post_rests_all_posts_in_all_replicas_and_no_edit(
    db: Database, other: Database, clock: HeldClock
) -> None:
    await wish(db, CHANNELS[0], CHANNELS[1], ANNA)
    refused, *others = (await lease(db)).rows
    for row in others:
        await home(db, row)
    await home(db, refused, rest=30)
    await wish(db, *CHANNELS[:3], ANNA, EDIT)
    clock.forward(seconds=29)
    assert lanes(await lease(other)) == [EDIT]
    clock.forward(seconds=1)
    assert len((await lease(other)).rows) == 1, "they begin again one by one"
    clock.forward(seconds=1.5)
    assert len((await lease(other)).rows) == 3


async def test_a_refused_edit_rests_edits_alone(
    db: Database, other: Database, clock: HeldClock
) -> None:
    await wish(db, EDIT)
    (row,) = (await lease(db)).rows
    await home(db, row, rest=30)
    await wish(db, CHANNELS[0], EDIT)
    clock.forward(seconds=29)
    assert lanes(await lease(other)) == [CHANNELS[0]]
    clock.forward(seconds=1)
    assert lanes(await lease(other)) == [EDIT]


async def test_a_short_rest_of_which_we_hear_later_ends_no_long_one(
    db: Database, clock: HeldClock
) -> None:
    await wish(db, *CHANNELS[:2])
    long, short = (await lease(db)).rows
    await home(db, long, rest=60)
    await home(db, short, rest=1)
    await wish(db, CHANNELS[3])
    clock.forward(seconds=59)
    assert (await lease(db)).rows == ()
    clock.forward(seconds=1)
    assert lanes(await lease(db)) == [CHANNELS[3]]


async def test_a_rest_from_a_clock_that_was_set_back_is_none(
    db: Database, clock: HeldClock
) -> None:
    await wish(db, CHANNELS[0])
    (row,) = (await lease(db)).rows
    await home(db, row, rest=LONGEST_REST.total_seconds())
    clock.forward(hours=-1)
    await written(
        db, lambda unit: unit.deliveries.want(CARD, "soon", lane=CHANNELS[0], delay=-9999)
    )
    (row,) = (await lease(db)).rows
    await home(db, row, rest=2)
    await wish(db, CHANNELS[0])
    clock.now += HOLD
    assert lanes(await lease(db)) == [CHANNELS[0]], "the rest is the new clock's"


@pytest.mark.parametrize("minutes", [3, -3, 90])
async def test_replicas_whose_clocks_are_apart_both_get_turns(
    db: Database, url: str, vault: Vault, clock: HeldClock, minutes: int
) -> None:
    elsewhere = HeldClock()
    elsewhere.forward(minutes=minutes)
    other = await Database.open(url, vault=vault, clock=elsewhere)
    try:
        await wish(db, *[CHANNELS[0]] * 30)
        await wish(other, *[CHANNELS[1]] * 30)
        got = {db: 0, other: 0}
        for _ in range(10):
            for replica in (db, other):
                rows = (await lease(replica)).rows
                got[replica] += len(rows)
                for row in rows:
                    await home(replica, row)
            clock.forward(seconds=1)
            elsewhere.forward(seconds=1)
        # At worst each keeps Slack's pace by itself; none waits until the other's hour has come.
        assert all(5 <= number <= 20 for number in got.values()), got
    finally:
        await other.close()
