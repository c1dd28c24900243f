"""Guidebooks as they were shown, who is to read again, and approvals in a row."""

from datetime import timedelta

from bot.model.ids import PersonKey
from storage.database import Database
from storage.unit_of_work import Records
from tests.storage.samples import ANNA, BEN, HeldClock, written

YEAR = timedelta(days=365)


async def due(db: Database, version: str, *, limit: int = 10) -> list[PersonKey]:
    def look(unit: Records) -> list[PersonKey]:
        return unit.guidebooks.to_be_told(version, before=unit.now - YEAR, limit=limit)

    return await db.read(look)


async def test_the_one_that_began_last_is_the_newest(db: Database, clock: HeldClock) -> None:
    assert await db.read(lambda unit: unit.guidebooks.newest()) is None
    for version in ("v1", "v2", "v1"):
        await written(db, lambda unit, v=version: unit.guidebooks.begin(v, f"Text of {v}"))
        assert await db.read(lambda unit: unit.guidebooks.newest()) == version
        clock.now += timedelta(seconds=1)
    assert await db.read(lambda unit: unit.guidebooks.text("v2")) == "Text of v2"
    assert await db.read(lambda unit: unit.guidebooks.text("v3")) is None


async def test_who_accepted_another_one_or_long_ago_is_told_once(
    db: Database, clock: HeldClock
) -> None:
    await written(db, lambda unit: unit.ambassadors.accept(ANNA, "v1"))
    await written(db, lambda unit: unit.ambassadors.accept(BEN, "v2"))
    assert await due(db, "v2") == [ANNA.key]
    clock.now += YEAR
    assert await due(db, "v2") == sorted([ANNA.key, BEN.key])
    assert await due(db, "v2", limit=1) == sorted([ANNA.key, BEN.key])[:1]
    assert await written(db, lambda unit: unit.guidebooks.told(ANNA.key, "v2"))
    assert not await written(db, lambda unit: unit.guidebooks.told(ANNA.key, "v2"))
    assert await due(db, "v2") == [BEN.key]
    assert await due(db, "v3") == sorted([ANNA.key, BEN.key])
    assert await written(db, lambda unit: unit.guidebooks.told(ANNA.key, "v3"))
    await written(db, lambda unit: unit.guidebooks.forget(ANNA.key))
    assert ANNA.key in await due(db, "v3")


async def test_ambassadors_come_in_turn(db: Database) -> None:
    for person in (ANNA, BEN):
        await written(db, lambda unit, p=person: unit.ambassadors.accept(p, "v1"))
    first, second = sorted([ANNA.key, BEN.key])
    assert await db.read(lambda unit: unit.ambassadors.after("", 1)) == [first]
    assert await db.read(lambda unit: unit.ambassadors.after(first, 5)) == [second]
    assert await db.read(lambda unit: unit.ambassadors.after(second, 5)) == []
    assert await written(db, lambda unit: unit.ambassadors.end(ANNA.key))
    assert not await written(db, lambda unit: unit.ambassadors.end(ANNA.key))


async def test_approvals_in_a_row_are_counted_for_each(db: Database) -> None:
    assert await db.read(lambda unit: unit.trust.streak(ANNA.key)) == 0
    for expected in (1, 2, 3):
        assert await written(db, lambda unit: unit.trust.count(ANNA.key)) == expected
    assert await written(db, lambda unit: unit.trust.count(BEN.key)) == 1
    assert await written(db, lambda unit: unit.trust.forget(ANNA.key))
    assert not await written(db, lambda unit: unit.trust.forget(ANNA.key))
    assert await db.read(lambda unit: unit.trust.streak(ANNA.key)) == 0
    assert await db.read(lambda unit: unit.trust.streak(BEN.key)) == 1
