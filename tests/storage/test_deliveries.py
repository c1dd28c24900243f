"""The outbox: wishes coalesce, a lease excludes, and a wish made meanwhile is never lost."""

import asyncio

from bot.model.cleared import Cleared
from bot.model.delivery import Card, Delivery, DeliveryKind, Wish
from bot.model.lanes import NONE
from storage.database import Database
from tests.storage.samples import START, HeldClock, a_case, opened, written

CARD, TICKET, MESSAGE = DeliveryKind.CARD, DeliveryKind.TICKET, DeliveryKind.MESSAGE


async def want(db: Database, subject: object = 1, *, delay: float = 0.0) -> None:
    await written(db, lambda unit: unit.deliveries.want(CARD, subject, lane=NONE, delay=delay))


async def lease(db: Database, *, owner: str = "one", limit: int = 10, **more) -> list[Delivery]:
    leased = await db.technical(
        lambda unit: unit.deliveries.lease(owner=owner, limit=limit, seconds=60, **more)
    )
    return list(leased.rows)


async def test_wishes_coalesce(db: Database) -> None:
    for _ in range(3):
        await want(db)
    assert await lease(db) == [Delivery(CARD, "1", wanted=3, attempts=1)]
    assert await lease(db) == []


async def test_a_lease_is_one_owners(db: Database) -> None:
    wishes = [Wish(one) for one in range(40)]
    await written(db, lambda unit: unit.deliveries.want_many(CARD, wishes))
    leased = await asyncio.gather(
        *(lease(db, owner=f"owner-{number}", limit=7) for number in range(8))
    )
    subjects = [delivery.subject for batch in leased for delivery in batch]
    assert sorted(subjects, key=int) == [str(number) for number in range(40)]


async def test_who_dies_is_followed_by_another(db: Database, clock: HeldClock) -> None:
    await want(db)
    await lease(db, owner="dies")
    clock.forward(seconds=59)
    assert await lease(db, owner="heir") == []
    clock.forward(seconds=1)
    assert await lease(db, owner="heir") == [Delivery(CARD, "1", wanted=1, attempts=2)]


async def test_done_is_done(db: Database) -> None:
    await want(db)
    (delivery,) = await lease(db)
    await db.technical(lambda unit: unit.deliveries.done(delivery))
    assert await lease(db) == []
    await want(db)
    assert await lease(db) == [Delivery(CARD, "1", wanted=2, attempts=1)]


async def test_a_wish_made_meanwhile_stays_due(db: Database) -> None:
    await want(db)
    (delivery,) = await lease(db)
    await want(db)
    assert await lease(db) == [], "two couriers would carry one card"
    await db.technical(lambda unit: unit.deliveries.done(delivery))
    assert await lease(db) == [Delivery(CARD, "1", wanted=2, attempts=1)]


async def test_who_comes_home_late_gives_nobodys_lease_back(db: Database, clock: HeldClock) -> None:
    await want(db)
    (late,) = await lease(db, owner="late")
    clock.forward(minutes=2)
    await want(db)
    (_now,) = await lease(db, owner="now")
    await db.technical(lambda unit: unit.deliveries.later(late, seconds=0, reason="slow"))
    await db.technical(lambda unit: unit.deliveries.done(late))
    await db.technical(lambda unit: unit.deliveries.stuck(late, "slow"))
    assert await lease(db, owner="third") == []


async def test_later_is_tried_again_then(db: Database, clock: HeldClock) -> None:
    await want(db)
    (delivery,) = await lease(db)
    await db.technical(lambda unit: unit.deliveries.later(delivery, seconds=30, reason="429"))
    assert await lease(db) == []
    clock.forward(seconds=30)
    assert await lease(db) == [Delivery(CARD, "1", wanted=1, attempts=2)]


async def test_stuck_waits_for_the_next_wish(db: Database, clock: HeldClock) -> None:
    await want(db)
    (delivery,) = await lease(db)
    await db.technical(lambda unit: unit.deliveries.stuck(delivery, "no such channel"))
    clock.forward(days=1)
    assert await lease(db) == []
    figures = await db.read(lambda unit: unit.deliveries.figures())
    assert (figures.waiting, figures.stuck, figures.reasons) == (0, 1, ("no such channel",))
    assert figures.oldest_due_at is None
    await want(db)
    assert await lease(db) == [Delivery(CARD, "1", wanted=2, attempts=1)]


async def test_stuck_while_somebody_wished_again_is_tried_again(db: Database) -> None:
    await want(db)
    (delivery,) = await lease(db)
    await want(db)
    await db.technical(lambda unit: unit.deliveries.stuck(delivery, "no such channel"))
    assert len(await lease(db)) == 1


async def test_a_delay_puts_off_a_new_wish_and_no_older_one(db: Database, clock: HeldClock) -> None:
    await want(db, "new", delay=60)
    await want(db, "due")
    await want(db, "due", delay=60)
    assert [delivery.subject for delivery in await lease(db)] == ["due"]
    clock.forward(seconds=60)
    assert "new" in [delivery.subject for delivery in await lease(db)]


async def test_a_lease_from_a_clock_that_was_set_back_holds_nobody_up(
    db: Database, clock: HeldClock
) -> None:
    await want(db)
    await lease(db, owner="gone")
    clock.forward(hours=-1)
    await want(db)
    assert len(await lease(db, owner="here")) == 1


async def test_the_longest_due_goes_first_and_kinds_are_lanes(
    db: Database, clock: HeldClock
) -> None:
    await want(db, "second", delay=-5)
    await want(db, "first", delay=-10)
    await written(db, lambda unit: unit.deliveries.want(TICKET, 9))
    assert [row.kind for row in await lease(db, kinds=(TICKET, MESSAGE))] == [TICKET]
    assert [row.subject for row in await lease(db, limit=1)] == ["first"]
    assert [row.subject for row in await lease(db)] == ["second"]


async def test_figures_tell_what_waits_since_when(db: Database, clock: HeldClock) -> None:
    await want(db, 1)
    clock.forward(minutes=1)
    await want(db, 2)
    await want(db, 1)
    figures = await db.read(lambda unit: unit.deliveries.figures())
    assert (figures.waiting, figures.stuck, figures.oldest_due_at) == (2, 0, START)
    assert figures.reasons == ()


async def test_nothing_to_want(db: Database) -> None:
    await written(db, lambda unit: unit.deliveries.want_many(CARD, []))
    assert (await db.read(lambda unit: unit.deliveries.figures())).waiting == 0


async def test_a_queued_message_is_wanted_and_sealed(db: Database) -> None:
    number = await written(db, lambda unit: unit.outgoing.queue("U1", Cleared("good morning")))
    message = await db.read(lambda unit: unit.outgoing.get(number))
    assert message is not None
    assert (message.id, message.to, message.text) == (number, "U1", "good morning")
    assert [(row.kind, row.subject) for row in await lease(db)] == [(MESSAGE, str(number))]
    assert await db.read(lambda unit: unit.outgoing.get(404)) is None


async def test_a_card_stands_where_it_was_placed_last(db: Database) -> None:
    case_id, other = await opened(db, a_case(1), a_case(2))
    await written(db, lambda unit: unit.cards.placed(case_id, Card("C1", "1.1")))
    await written(db, lambda unit: unit.cards.placed(case_id, Card("C2", "2.2")))
    assert await db.read(lambda unit: unit.cards.where(case_id)) == Card("C2", "2.2")
    assert await db.read(lambda unit: unit.cards.where(other)) is None


async def test_what_was_stuck_is_tried_again_the_longest_first(
    db: Database, clock: HeldClock
) -> None:
    for subject in ("1", "2"):
        await want(db, subject)
        (leased,) = await lease(db)
        await db.technical(lambda unit, row=leased: unit.deliveries.stuck(row, "no channel"))
        clock.forward(minutes=1)
    assert await lease(db) == []
    assert await db.technical(lambda unit: unit.deliveries.revive(1)) == 1
    assert [row.subject for row in await lease(db)] == ["1"]
