"""Two hundred colleagues come at once, and have their morning's news at once; no card is late."""

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path

from bot.care.telling import HEADING
from bot.compliance import Guard
from bot.model.audit import AuditEntry
from bot.model.lanes import SLACKS, Rate
from bot.model.person import CLOCKWORK
from bot.sandbox.server import Sandbox
from storage.unit_of_work import UnitOfWork
from tests.faults.waiting import until
from tests.running import QUICK, Mode, Running, heard, running

MANY = [f"U0P{number}" for number in range(200)]
AT_ONCE = 20
SOON = replace(QUICK, rates=replace(SLACKS, posts=Rate(60 / 260, burst=70)))
"""Slack's own limits, and more messages at the start than conversations it lets us open."""


def settle(sandbox: Sandbox) -> None:
    accounts = sandbox.workspace.people
    accounts |= {each: replace(accounts["U0BEN"], id=each, name=each.lower()) for each in MANY}
    for channel in sandbox.workspace.channels.values():
        if not channel.im:
            channel.members += MANY


def morning(unit: UnitOfWork) -> None:
    for each in MANY:
        unit.outgoing.gather(each, Guard().clear("Hello to all."), heading=HEADING, delay=0.1)
    unit.commit(AuditEntry("wishes.moved", CLOCKWORK.key))


def refused(house: Running) -> Counter[str]:
    return Counter(c.method for c in house.sandbox.workspace.journal.calls() if c.status == 429)


async def test_all_are_known_and_told_and_no_card_waits_behind_them(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with running(tmp_path, database_url, mode=mode, pace=SOON, before=settle) as house:
        journal = house.sandbox.workspace.journal
        await until(lambda: bool(journal.calls("users.list")))
        for first in range(0, len(MANY), AT_ONCE):
            some = [house.person(each.lower()) for each in MANY[first : first + AT_ONCE]]
            for said in await asyncio.gather(*(one.types("/case open") for one in some)):
                assert "Nobody is waiting" in heard(said)
        await house.usher.rooms.db.write(morning)
        await until(lambda: len(journal.calls("chat.postMessage")) > 60)
        await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
        left = len(MANY) - len(journal.calls("chat.postMessage"))
        assert left > 0, "all were told before the customer wrote"
        assert refused(house) == {}
