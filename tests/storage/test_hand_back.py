"""Whoever is not there holds nothing any more: nothing comes back to them by another way either."""

import asyncio

import asyncpg
import pytest

from storage.database import Database
from tests.faults.databases import blocked
from tests.storage.samples import ANNA, BEN, a_case, opened, written


async def test_what_goes_on_in_another_case_is_theirs_no_more(db: Database) -> None:
    gone, into = await opened(db, a_case(1), a_case(2))
    await written(db, lambda unit: unit.cases.claim(gone, by=BEN))
    number = await written(db, lambda unit: unit.merging.into(gone, into, by=ANNA.key))
    assert number is not None
    given = await written(db, lambda unit: unit.cases.hand_back(BEN.key, "left"))
    assert given == ([into], [gone]), "the merge made him the holder of both"
    await written(db, lambda unit: unit.merging.part(number, out_of=into, holder_too=False))
    waiting = await db.read(lambda unit: unit.lists.waiting(9))
    assert [(case.id, case.handed_back) for case in waiting] == [(gone, "left"), (into, "left")]
    assert await written(db, lambda unit: unit.cases.hand_back(BEN.key, "left")) == ([], [])


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_who_leaves_during_a_merge_is_left_with_nothing(db: Database, url: str) -> None:
    """The other engine has one writer at a time."""
    into, gone = await opened(db, a_case(1), a_case(2))
    await written(db, lambda unit: unit.cases.claim(gone, by=BEN))
    other = await asyncpg.connect(url)
    try:
        async with other.transaction():
            merge = "UPDATE cases SET state = 'merged', merged_into = $1 WHERE id = $2"
            await other.execute(merge, into, gone)
            await other.execute("UPDATE cases SET holder = $1 WHERE id = $2", BEN.key, into)
            leaving = asyncio.ensure_future(
                written(db, lambda unit: unit.cases.hand_back(BEN.key, "left"))
            )
            async with asyncio.timeout(5):
                await blocked(url)
    finally:
        await other.close()
    assert await leaving == ([into], [gone])


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_who_leaves_while_two_are_parted_gets_nothing_back(db: Database, url: str) -> None:
    into, gone = await opened(db, a_case(1), a_case(2))
    await written(db, lambda unit: unit.cases.claim(into, by=ANNA))
    await written(db, lambda unit: unit.cases.claim(gone, by=BEN))
    await written(db, lambda unit: unit.merging.into(gone, into, by=ANNA.key))
    other = await asyncpg.connect(url)
    try:
        async with other.transaction():
            part = "UPDATE cases SET state = 'open', merged_into = NULL WHERE id = $1"
            await other.execute(part, gone)
            leaving = asyncio.ensure_future(
                written(db, lambda unit: unit.cases.hand_back(BEN.key, "left"))
            )
            async with asyncio.timeout(5):
                await blocked(url)
    finally:
        await other.close()
    assert await leaving == ([gone], [])
