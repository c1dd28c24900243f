"""New words and a resolve at the same moment: the words never land in a resolved case unseen."""

import asyncio

import asyncpg
import pytest

from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.faults.databases import blocked
from tests.storage.samples import ANNA, a_case, a_mention, opened, written

THREAD = ("conversation-1", "1001")


@pytest.fixture
def engine() -> str:
    return "postgresql"


async def test_who_threads_waits_for_who_resolves(db: Database, url: str) -> None:
    await opened(db, a_case(1))
    other = await asyncpg.connect(url)
    try:
        async with other.transaction():
            await other.execute("UPDATE cases SET state = 'resolved'")
            threading = asyncio.ensure_future(
                written(db, lambda unit: unit.cases.threads("x", [THREAD]))
            )
            async with asyncio.timeout(5):
                await blocked(url)
    finally:
        await other.close()
    assert await threading == {}


async def test_who_resolves_waits_until_the_words_are_kept(db: Database) -> None:
    (case_id,) = await opened(db, a_case(1))
    await written(db, lambda unit: unit.cases.claim(case_id, by=ANNA))
    loop, found = asyncio.get_running_loop(), asyncio.Event()

    def receive(unit: UnitOfWork) -> int:
        places = unit.cases.threads("x", [THREAD])
        loop.call_soon(found.set)
        unit.conn.exec_driver_sql("SELECT pg_sleep(0.2)")
        case = unit.cases.get(places[THREAD])
        unit.mentions.add_many([a_mention(case_id)])
        return 0 if case is None else case.revision

    def resolve(unit: UnitOfWork) -> int:
        assert unit.cases.resolve(case_id, holder=ANNA.key)
        return len(unit.mentions.of_case(case_id))

    receiving = asyncio.ensure_future(written(db, receive))
    await found.wait()
    assert await written(db, resolve) == 1, "it was resolved before the words were there"
    assert await receiving == 2
