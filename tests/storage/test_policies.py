"""Of the policies one is in force, always: also where the one that was to follow waits no more."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.util import await_only

from bot.care.acts import Acts, allowed
from bot.care.obligations import Obligations, handlers
from bot.care.policy_in_force import PolicyInForce
from bot.compliance import Action, Guard, Policy, profile_text
from bot.errors import Misconfigured
from bot.model.ids import VisitKey
from bot.model.person import CLOCKWORK
from bot.model.policy import KeptPolicy, PolicyState
from bot.model.visit import Answer, Visit
from storage.database import Database
from storage.unit_of_work import Records, UnitOfWork
from tests.storage.samples import ANNA, HeldClock, written

VISIT, DAY = Visit(VisitKey("trigger-1"), ANNA), timedelta(days=1)


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


def shipped(profile: str, clock: HeldClock) -> KeptPolicy:
    text = profile_text(profile)
    return replace(policy(text.hash, PolicyState.IN_FORCE, clock), text=text.text, base=text.base)


async def states(db: Database) -> tuple[str, str]:
    def look(unit: Records) -> tuple[str, str]:
        both = (unit.policies.in_force(), unit.policies.waiting())
        first, second = ("" if kept is None else kept.hash for kept in both)
        return first, second

    return await db.read(look)


async def test_the_first_who_comes_tells_of_it(db: Database, clock: HeldClock) -> None:
    new = replace(policy("new", PolicyState.IN_FORCE, clock), announced=False)
    await written(db, lambda unit: unit.policies.put_in_force(new))
    for state, digest, first in (
        (PolicyState.IN_FORCE, "other", False),
        (PolicyState.WAITING, "new", False),
        (PolicyState.IN_FORCE, "new", True),
        (PolicyState.IN_FORCE, "new", False),
    ):

        def tells(unit: UnitOfWork, *, state: PolicyState = state, digest: str = digest) -> bool:
            return unit.policies.announced(state, digest)

        assert await written(db, tells) is first


async def test_one_that_another_replica_put_in_force_decides_at_once(
    db: Database, clock: HeldClock
) -> None:
    here, text = PolicyInForce(Policy.load("standard")), profile_text("shelter")
    assert (await db.read(here.now)).hash == profile_text("standard").hash
    there = shipped("shelter", clock)
    await written(db, lambda unit: unit.policies.put_in_force(there))
    acts = Acts(db, here, lambda: "a" * 64, Obligations(handlers(Guard())))
    await acts.run(VISIT, Action.BRING_IN, partial(listed, acts))
    assert here.policy.hash == text.hash
    facts = await db.read(lambda unit: unit.audit.last_by(ANNA.key, ("listed",), unit.now - DAY))
    assert facts is not None
    assert facts.entry.policy == text.hash
    # One whose words are not those of its hash decides nothing, nor does the one before.
    await written(db, lambda unit: unit.policies.put_in_force(policy("odd", there.state, clock)))
    with pytest.raises(Misconfigured, match="has not the text any more"):
        await db.read(lambda unit: acts.decide(unit, ANNA, Action.BRING_IN, None))


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_reader_in_an_older_moment_brings_no_older_one_back(
    db: Database, clock: HeldClock
) -> None:
    """It decides by the one of its moment; whoever came later, by the newer one."""
    here, loop = PolicyInForce(Policy.load("standard")), asyncio.get_running_loop()
    acts = Acts(db, here, lambda: "a" * 64, Obligations(handlers(Guard())))
    old, new = shipped("standard", clock), shipped("shelter", clock)
    await written(db, lambda unit: unit.policies.put_in_force(old))

    async def comes() -> None:
        await written(db, lambda unit: unit.policies.put_in_force(new))
        await db.read(here.now)

    def reads(unit: Records) -> tuple[str, str]:
        assert unit.policies.waiting() is None
        asyncio.run_coroutine_threadsafe(comes(), loop).result(timeout=20)
        return here.now(unit).hash, acts.weigh(unit, ANNA, Action.BRING_IN, None).policy

    assert await db.read(reads) == (old.hash, old.hash)
    assert here.policy.hash == new.hash


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_what_is_weighed_and_decided_in_one_transaction_goes_by_one_policy(
    db: Database, clock: HeldClock
) -> None:
    """Also where another one comes into force between the two: what was said of it stays true."""
    here = PolicyInForce(Policy.load("standard"))
    acts = Acts(db, here, lambda: "a" * 64, Obligations(handlers(Guard())))
    old, new = shipped("standard", clock), shipped("shelter", clock)
    await written(db, lambda unit: unit.policies.put_in_force(old))

    async def comes() -> None:
        await written(db, lambda unit: unit.policies.put_in_force(new))
        await db.read(here.now)

    def weighs(unit: UnitOfWork) -> tuple[str, str]:
        weighed = acts.weigh(unit, ANNA, Action.BRING_IN, None)
        await_only(comes())
        return weighed.policy, acts.decide(unit, ANNA, Action.BRING_IN, None).policy

    assert await written(db, weighs) == (old.hash, old.hash)
    assert here.policy.hash == new.hash


def listed(acts: Acts, unit: UnitOfWork) -> Answer:
    unit.commit(allowed("listed", acts.decide(unit, ANNA, Action.BRING_IN, None), by=ANNA))
    return Answer("Done.")


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
