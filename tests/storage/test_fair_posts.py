"""The turns that all posts share: whoever is most urgent goes first, and nobody stands too long."""

from bot.model.cleared import Cleared
from bot.model.delivery import Delivery, DeliveryKind, Wish
from bot.model.lanes import NOW, SOON, Rate, Rates, lane_to
from storage.database import Database
from storage.due import MOST
from tests.storage.samples import HeldClock, written

CARD, MESSAGE = DeliveryKind.CARD, DeliveryKind.MESSAGE
RATES = Rates(posts=Rate(0.25, burst=4))
BILLING, OUTAGE = lane_to("#care-billing"), lane_to("#care-outage")
MORNING = 3600.0


async def lease(db: Database) -> list[Delivery]:
    leased = await db.technical(
        lambda unit: unit.deliveries.lease(owner="one", limit=20, seconds=60, rates=RATES)
    )
    return list(leased.rows)


async def carried(db: Database) -> list[Delivery]:
    """Leased and done at once."""
    rows = await lease(db)
    await db.technical(lambda unit: [unit.deliveries.done(row) for row in rows])
    return rows


async def card(db: Database, subject: str, lane: str = BILLING) -> None:
    await written(db, lambda unit: unit.deliveries.want(CARD, subject, lane=lane, priority=SOON))


async def told(db: Database, number: int) -> None:
    def work(unit) -> None:
        for one in range(number):
            unit.outgoing.queue(f"U{one}", Cleared("something happened"))

    await written(db, work)


async def gathered(db: Database, number: int) -> None:
    def work(unit) -> None:
        for one in range(number):
            unit.outgoing.gather(f"U{one}", Cleared("news"), heading="Today", delay=MORNING)

    await written(db, work)


async def test_an_older_card_goes_before_two_hundred_direct_messages(
    db: Database, clock: HeldClock
) -> None:
    await card(db, "older")
    clock.forward(seconds=30)
    await told(db, 200)
    await card(db, "newer", OUTAGE)
    first = await lease(db)
    assert [row.subject for row in first if row.kind is CARD] == ["older"]
    assert len(first) == 4


async def test_no_card_and_no_direct_message_waits_for_a_morning_of_hundreds(
    db: Database, clock: HeldClock
) -> None:
    await gathered(db, 2 * MOST)
    # As long as the morning's messages are on their way at the pace of all posts.
    for passed in (MORNING, 30.0, 60.0):
        clock.forward(seconds=passed)
        await card(db, f"card {passed}")
        number = await written(
            db, lambda unit: unit.outgoing.queue("U9999", Cleared("you asked for this"))
        )
        first = await carried(db)
        assert {f"card {passed}", str(number)} < {row.subject for row in first}


async def test_the_mornings_messages_wait_for_what_is_urgent_some_minutes_and_no_longer(
    db: Database, clock: HeldClock
) -> None:
    await gathered(db, 1)
    clock.forward(seconds=MORNING)
    waited = 0
    while lane_to("U0") not in {row.lane for row in await busy(db, since=waited)}:
        clock.forward(seconds=10)
        waited += 10
        assert waited < 300
    assert waited > 200


async def busy(db: Database, *, since: int) -> list[Delivery]:
    """What goes where as much is urgent as there are turns."""
    wishes = [Wish(f"{since} {one}", lane_to(f"UB{since}{one}"), NOW) for one in range(4)]
    await written(db, lambda unit: unit.deliveries.want_many(MESSAGE, wishes))
    return await carried(db)


async def test_hundreds_to_one_person_hide_nobody(db: Database, clock: HeldClock) -> None:
    flood = [Wish(f"flood {one}", lane_to("U0ANNA"), NOW) for one in range(2 * MOST)]
    await written(db, lambda unit: unit.deliveries.want_many(MESSAGE, flood))
    clock.forward(seconds=5)
    wish = [Wish("for ben", lane_to("U0BEN"), NOW)]
    await written(db, lambda unit: unit.deliveries.want_many(MESSAGE, wish))
    assert {row.lane for row in await lease(db)} == {lane_to("U0ANNA"), lane_to("U0BEN")}
