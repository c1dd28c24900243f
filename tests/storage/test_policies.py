"""Of the policies one is in force, always: also where the one that was to follow waits no more."""

from dataclasses import replace

from bot.model.person import CLOCKWORK
from bot.model.policy import KeptPolicy, PolicyState
from storage.database import Database
from storage.unit_of_work import Records
from tests.storage.samples import ANNA, HeldClock, written


def policy(digest: str, state: PolicyState, clock: HeldClock) -> KeptPolicy:
    return KeptPolicy(
        hash=digest,
        profile="ours",
        text="rules: []",
        base="",
        takes=2,
        state=state,
        seen_at=clock.now,
        accepted_at=clock.now if state is PolicyState.IN_FORCE else None,
        accepted_by=CLOCKWORK.key,
        announced=True,
    )


async def states(db: Database) -> tuple[str, str]:
    def look(unit: Records) -> tuple[str, str]:
        both = (unit.policies.in_force(), unit.policies.waiting())
        first, second = ("" if kept is None else kept.hash for kept in both)
        return first, second

    return await db.read(look)


async def test_what_waits_no_more_is_not_accepted(db: Database, clock: HeldClock) -> None:
    old = policy("old", PolicyState.IN_FORCE, clock)
    new = replace(policy("new", PolicyState.WAITING, clock), announced=False)
    assert not await db.read(lambda unit: unit.policies.any())
    await written(db, lambda unit: unit.policies.put_in_force(old))
    assert await db.read(lambda unit: unit.policies.any())
    assert not await written(db, lambda unit: unit.policies.accept("new", ANNA.key))
    assert await states(db) == ("old", "")
    await written(db, lambda unit: unit.policies.wait(new))
    assert not await written(db, lambda unit: unit.policies.accept("other", ANNA.key))
    assert await states(db) == ("old", "new")
    assert await written(db, lambda unit: unit.policies.accept("new", ANNA.key))
    assert await states(db) == ("new", "")
    kept = await db.read(lambda unit: unit.policies.in_force())
    assert kept is not None
    assert (kept.accepted_by, kept.accepted_at, kept.announced) == (ANNA.key, clock.now, False)
