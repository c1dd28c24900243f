"""Who goes first in a lane: what somebody looks at; but nothing waits behind that for ever."""

from bot.model.delivery import Delivery, DeliveryKind, Wish
from bot.model.lanes import EDIT, SOON, Rate, Rates, lane_to
from storage.database import Database
from tests.storage.samples import HeldClock, written

CARD, STORM = DeliveryKind.CARD, DeliveryKind.STORM
ONE_BY_ONE = Rates(edit=Rate(1.0), post=Rate(1.0))
OUTAGE = lane_to("#outage")


async def next_one(db: Database) -> Delivery:
    """Of all lanes."""
    leased = await db.technical(
        lambda unit: unit.deliveries.lease(owner="one", limit=1, seconds=60, rates=ONE_BY_ONE)
    )
    (row,) = leased.rows
    return row


async def home(db: Database, row: Delivery, clock: HeldClock) -> None:
    def work(unit) -> None:
        unit.deliveries.done(row)
        unit.turns.home(row.lane, ONE_BY_ONE.of(row.lane))

    await db.technical(work)
    clock.forward(seconds=1)


async def redraw(db: Database, *, delay: float = 0.0) -> None:
    await written(db, lambda unit: unit.deliveries.want(STORM, 1, delay=delay))


async def edits(db: Database, *subjects: str) -> None:
    await written(db, lambda unit: [unit.deliveries.want(CARD, each) for each in subjects])


async def test_a_storms_card_goes_before_all_cards_once_and_then_behind_them(
    db: Database, clock: HeldClock
) -> None:
    cards = [Wish("first", OUTAGE, SOON), Wish("second", OUTAGE, SOON)]
    await written(db, lambda unit: unit.deliveries.want_many(CARD, cards))
    await written(db, lambda unit: unit.deliveries.want(STORM, 1, lane=OUTAGE, priority=0))
    await redraw(db)
    row = await next_one(db)
    assert row.kind is STORM
    # While it was under way more came, as it always does in a storm.
    await redraw(db)
    await home(db, row, clock)
    await db.technical(lambda unit: unit.deliveries.relane(STORM, 1, EDIT))
    await edits(db, "looked at", "too")
    seen = []
    for _ in range(5):
        row = await next_one(db)
        seen.append(row.subject)
        await home(db, row, clock)
    assert seen == ["looked at", "too", "first", "second", "1"]


async def test_whose_first_post_failed_is_still_the_first(db: Database, clock: HeldClock) -> None:
    await written(db, lambda unit: unit.deliveries.want(STORM, 1, lane=OUTAGE, priority=0))
    row = await next_one(db)
    await redraw(db)
    await db.technical(lambda unit: unit.deliveries.later(row, seconds=1, reason="status 503"))
    await written(db, lambda unit: unit.deliveries.want_many(CARD, [Wish("card", OUTAGE, SOON)]))
    clock.forward(seconds=5)
    assert (await next_one(db)).kind is STORM


async def test_who_has_waited_too_long_goes_before_who_is_looked_at(
    db: Database, clock: HeldClock
) -> None:
    await redraw(db)
    order = []
    for second in range(20):
        # More is looked at than can be edited, all the time.
        await edits(db, f"{second}a", f"{second}b")
        await redraw(db, delay=5)
        row = await next_one(db)
        order.append(row.kind)
        await home(db, row, clock)
    assert 10 <= order.index(STORM) < 20
    assert order.count(STORM) == 1
