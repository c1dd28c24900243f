"""What is let go after its time, and what is never let go: whatever still waits."""

from sqlalchemy import func, select

from bot.care.duty import LEFTOVERS_KEPT, Duty
from bot.model.cleared import Cleared
from bot.model.delivery import DeliveryKind
from bot.model.mention import SetAside
from storage import tables
from storage.database import Database
from tests.storage.samples import HeldClock, written


async def queue(db: Database, text: str) -> int:
    return await written(db, lambda unit: unit.outgoing.queue("U1", Cleared(text)))


async def carried(db: Database) -> None:
    """Everything that is due goes out."""
    leased = await db.technical(lambda unit: unit.deliveries.lease(owner="a", limit=9, seconds=60))
    for one in leased.rows:
        await db.technical(lambda unit, one=one: unit.deliveries.done(one))


async def rows(db: Database, table: str) -> int:
    counted = select(func.count()).select_from(tables.metadata.tables[table])
    return await db.read(lambda unit: unit.conn.execute(counted).scalar_one())


async def test_what_was_delivered_goes_after_thirty_days(db: Database, clock: HeldClock) -> None:
    await queue(db, "posted")
    await written(db, lambda unit: unit.deliveries.want(DeliveryKind.CARD, 1))
    await carried(db)
    duty = Duty(db, "one")
    clock.now += LEFTOVERS_KEPT
    await duty.tidy()
    assert (await rows(db, "deliveries"), await rows(db, "outgoing")) == (2, 1)
    clock.forward(seconds=1)
    fresh = await queue(db, "new")
    await duty.tidy()
    assert (await rows(db, "deliveries"), await rows(db, "outgoing")) == (1, 1)
    assert await db.read(lambda unit: unit.outgoing.get(fresh)) is not None


async def test_what_still_waits_or_is_stuck_stays(db: Database, clock: HeldClock) -> None:
    await queue(db, "stuck")
    leased = await db.technical(lambda unit: unit.deliveries.lease(owner="a", limit=9, seconds=60))
    (stuck,) = leased.rows
    await db.technical(lambda unit: unit.deliveries.stuck(stuck, "no such channel"))
    await queue(db, "waits")
    clock.now += LEFTOVERS_KEPT * 2
    await Duty(db, "one").tidy()
    assert (await rows(db, "deliveries"), await rows(db, "outgoing")) == (2, 2)


async def test_a_post_set_aside_is_emptied_and_still_counted(
    db: Database, clock: HeldClock
) -> None:
    aside = SetAside("x", b"{half a pos", "not JSON")
    await written(db, lambda unit: unit.mentions.set_aside([aside]))
    sealed = select(tables.set_aside.c.raw_sealed)
    clock.now += LEFTOVERS_KEPT
    await Duty(db, "one").tidy()
    assert await db.read(lambda unit: unit.conn.scalar(sealed)) != b""
    clock.forward(seconds=1)
    await Duty(db, "one").tidy()
    assert await db.read(lambda unit: unit.conn.scalar(sealed)) == b""
    assert await written(db, lambda unit: unit.mentions.set_aside([aside])) == 0
    assert await db.read(lambda unit: unit.mentions.set_aside_count()) == 1
