"""Two whole Ushers on one PostgreSQL: together they are one, and twice as hard to kill."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.app import Usher, at_work
from bot.manual import manifest_for
from bot.sandbox.driver import Heard
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from tests.faults.databases import count, rows
from tests.faults.tracker import issues, to_roundup, variables
from tests.faults.waiting import until
from tests.peers.roundup import RoundupPeer
from tests.postgres import fresh_database
from tests.running import QUICK, VAULT_KEY, Running, case_number, heard, write_home

CHANNELS = {"#care-billing": "refund", "#care-outage": "outage", "#care-general": "hello"}
HANDLES = [f"customer{number}" for number in range(30)]


@asynccontextmanager
async def two(
    home: Path, database_url: str, roundup: RoundupPeer
) -> AsyncIterator[tuple[Sandbox, list[Usher]]]:
    # Slack's limits are the app's, not a replica's; here it is about doing things once.
    async with (
        Sandbox(manifest=manifest_for(""), rate_limited=False) as sandbox,
        AsyncExitStack() as both,
    ):
        settings = load_settings(
            write_home(home, lambda page: to_roundup(page, roundup)),
            {
                **sandbox.environment(),
                **variables(roundup),
                "DATABASE_URL": database_url,
                "USHER_VAULT_KEY": VAULT_KEY,
                "USHER_HTTP": "127.0.0.1:0",
            },
        )
        starting = (
            both.enter_async_context(at_work(settings, listen_every=0.1, pace=QUICK)) for _ in "ab"
        )
        yield sandbox, [await one for one in starting]


async def test_thirty_mentions_one_card_each_and_one_ticket_a_hand_off(
    tmp_path: Path, roundup: RoundupPeer
) -> None:
    database_url = fresh_database()
    async with two(tmp_path, database_url, roundup) as (sandbox, ushers):
        house = Running(sandbox, ushers[0], tmp_path)
        anna = await house.enrolled("anna")
        for number, handle in enumerate(HANDLES):
            word = tuple(CHANNELS.values())[number % 3]
            await sandbox.x.posts(handle, f"@acme {word} from {handle}")
        numbers = []
        for customer in ("jane", "tom", "mia"):
            brought = await anna.types(f"/case new @{customer} wants a policy")
            assert isinstance(brought, Heard)
            numbers.append(case_number(brought))
        await asyncio.gather(
            *(anna.types(f"/handoff {number} sales They ask for an offer.") for number in numbers)
        )
        await until(lambda: set(cards(house)) == set(HANDLES))
        for number in numbers:
            await anna.sees(f"Case {number} is with sales now", channel="@usher", timeout=20)
        assert Counter(cards(house)) == Counter(HANDLES)
        assert await count(database_url, "mentions") == len(HANDLES)
        for (key,) in await rows(database_url, "SELECT key FROM handoffs"):
            assert len(await issues(roundup, key)) == 1
        assert (await ushers[1].verify()).broken == ()


async def test_whoever_of_two_is_asked_exactly_one_colleague_holds_the_case(
    tmp_path: Path, roundup: RoundupPeer
) -> None:
    async with two(tmp_path, fresh_database(), roundup) as (sandbox, ushers):
        house = Running(sandbox, ushers[0], tmp_path)
        anna, ben = await house.enrolled("anna"), await house.enrolled("ben")
        card = await house.card("jane", "@acme refund", channel="#care-billing", seen="refund")
        number = case_number(card)
        answers = await asyncio.gather(
            *(person.types(f"/claim {number}") for person in (anna, ben) * 5)
        )
        yes = sum("is yours" in heard(answer) for answer in answers)
        assert yes == 1, [heard(answer) for answer in answers]
        await ushers[1].care.digests.send_once()
        await ushers[0].care.digests.send_once()
        mina = house.person("mina")
        await mina.sees("In their own words", channel="#managers", timeout=10)
        assert len(mina.messages("#managers")) == 1


def cards(house: Running) -> list[str]:
    cora = house.person("cora")
    seen = [one.words for channel in CHANNELS for one in cora.messages(channel)]
    return [handle for words in seen for handle in HANDLES if f"@{handle} " in words]
