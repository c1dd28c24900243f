"""Several replicas look for what fell due at the same moment: it is noted once."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

from sqlalchemy import func, select

from bot.care.duty import Duty
from bot.care.overdue import Overdue
from storage import tables
from storage.database import Database
from storage.vault import Vault
from tests.storage.samples import HeldClock, a_case, opened

REPLICAS = 4
CASES = 5
NOTED = (
    select(func.count())
    .select_from(tables.audit_events)
    .where(tables.audit_events.c.action == "case.overdue")
)


async def test_what_fell_due_is_noted_by_one_replica(
    db: Database, url: str, vault: Vault, clock: HeldClock
) -> None:
    promised = timedelta(minutes=5)
    await opened(db, *(a_case(number, answer_within=promised) for number in range(CASES)))
    clock.forward(minutes=6)
    async with AsyncExitStack() as stack:
        looks = []
        for number in range(REPLICAS):
            replica = await Database.open(url, vault=vault, clock=clock)
            stack.push_async_callback(replica.close)
            looks.append(Overdue(replica, Duty(replica, str(number))).look())
        await asyncio.gather(*looks)
    assert await db.read(lambda unit: unit.conn.scalar(NOTED)) == CASES
