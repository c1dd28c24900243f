"""`/case 42` and `/claim 42`, fifty at once over signed HTTP, beside Bolt or a database alone."""

import asyncio
from collections.abc import Sequence

import aiohttp
from slack_bolt.async_app import AsyncAck
from sqlalchemy import func, select

from bench.bare import Transact, bare
from bench.claims import Claim
from bench.engines import ENGINES
from bench.floors import in_turns, seconds
from bench.kitchen import batch
from bench.report import AT_LEAST, Figure
from bench.signed import AT_ONCE, SignedCalls, bolt_alone, listening_house
from bot.model.ids import CaseId
from storage.tables import cases
from storage.unit_of_work import Records
from tests.running import Running

CALLS = 100
SLASH_GOAL, CLAIM_GOAL = 0.25, 0.5
ANNA = "T0USHER:U0ANNA"


async def slash_case_vs_bare_bolt() -> Sequence[Figure]:
    return [await _slash(engine) for engine in ENGINES]


async def claim_http_vs_bare_transaction() -> Sequence[Figure]:
    return [await _claim(engine) for engine in ENGINES]


async def _slash(engine: str) -> Figure:
    async def listen(ack: AsyncAck) -> None:
        await ack("done")

    async with (
        listening_house(engine) as (house, _),
        bolt_alone(house.sandbox, "/case", listen) as floor_url,
        aiohttp.ClientSession() as session,
    ):
        slack, url = SignedCalls(session), house.usher.web_url
        numbers = [str(case) for case in await _opened(house, CALLS)]
        ours, floor = await in_turns(
            lambda: slack.per_second(url, "/case", numbers, "Case "),
            lambda: slack.per_second(floor_url, "/case", numbers, "done"),
            turns=7,
        )
    name = f"slash_case_vs_bare_bolt ({engine})"
    return Figure(name, ours, "answers/s", floor, AT_LEAST, SLASH_GOAL)


async def _claim(engine: str) -> Figure:
    async with (
        listening_house(engine) as (house, database),
        bare(database) as transact,
        aiohttp.ClientSession() as session,
    ):
        slack, url = SignedCalls(session), house.usher.web_url

        async def ours() -> float:
            numbers = [str(case) for case in await _opened(house, CALLS)]
            return await slack.per_second(url, "/claim", numbers, "is yours")

        value, floor = await in_turns(ours, lambda: _bare_claims(house, transact), turns=7)
    name = f"claim_http_vs_bare_transaction ({engine})"
    return Figure(name, value, "claims/s", floor, AT_LEAST, CLAIM_GOAL)


async def _opened(house: Running, number: int) -> list[CaseId]:
    """So many new cases of as many customers, and their cards on their way."""
    db = house.usher.rooms.db
    before = await db.read(_newest)
    await house.usher.care.mentions.receive(batch(number), network="x")
    return [CaseId(case) for case in range(before + 1, await db.read(_newest) + 1)]


def _newest(unit: Records) -> int:
    return int(unit.conn.execute(select(func.coalesce(func.max(cases.c.id), 0))).scalar_one())


async def _bare_claims(house: Running, transact: Transact) -> float:
    waiting = iter(await _opened(house, CALLS))

    async def one_after_another() -> None:
        for case_id in waiting:
            await transact(Claim(case_id, who=ANNA))

    async def all_of_them() -> None:
        await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))

    return CALLS / await seconds(all_of_them)
