"""Rows of the machine: cursors and leases."""

import asyncio
from datetime import timedelta

from storage.database import Database
from tests.storage.samples import START, HeldClock


async def test_a_cursor_is_where_it_was_moved_last(db: Database) -> None:
    assert await db.read(lambda unit: unit.cursors.get("x")) == ""
    for cursor in ("17", "18"):
        await db.technical(lambda unit, to=cursor: unit.cursors.move("x", to))
    assert await db.read(lambda unit: unit.cursors.get("x")) == "18"


async def test_each_network_tells_when_it_was_last_kept_up_with(
    db: Database, clock: HeldClock
) -> None:
    await db.technical(lambda unit: unit.cursors.move("x", "17"))
    clock.forward(minutes=1)
    await db.technical(lambda unit: unit.cursors.move("mastodon", "3"))
    now = START + timedelta(minutes=1)
    assert await db.read(lambda unit: unit.cursors.beats()) == {"x": START, "mastodon": now}


async def take(db: Database, owner: str) -> bool:
    return await db.technical(lambda unit: unit.leases.take("digest", owner=owner, seconds=60))


async def test_one_of_two_owners_has_the_lease(db: Database, clock: HeldClock) -> None:
    assert await take(db, "one")
    assert not await take(db, "two")
    clock.forward(seconds=59)
    assert await take(db, "one"), "the owner prolongs it"
    clock.forward(seconds=59)
    assert not await take(db, "two")
    clock.forward(seconds=1)
    assert await take(db, "two")
    assert not await take(db, "one")


async def test_twenty_at_once_and_one_has_it(db: Database) -> None:
    taken = await asyncio.gather(*(take(db, f"owner-{number}") for number in range(20)))
    assert sum(taken) == 1
