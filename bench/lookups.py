"""`/lookup @handle` over signed HTTP, beside a bare Bolt listener that reads and writes once."""

from collections.abc import Sequence
from itertools import count

import aiohttp
from slack_bolt.async_app import AsyncAck
from sqlalchemy import Connection, bindparam, insert, select

from bench.bare import bare
from bench.engines import ENGINES
from bench.floors import in_turns
from bench.report import AT_MOST, Figure
from bench.signed import SignedCalls, bolt_alone, listening_house
from bot.model.clock import utc_now
from storage import tables

GOAL = 3.0
_keys = count(1)

SELECT = select(tables.links).where(tables.links.c.network_user_id == bindparam("user"))
INSERT = insert(tables.visits)


async def lookup_http_vs_floor() -> Sequence[Figure]:
    return [await _on(engine) for engine in ENGINES]


async def _on(engine: str) -> Figure:
    async with listening_house(engine) as (house, database), bare(database, threaded=True) as once:

        async def lookup(ack: AsyncAck) -> None:
            await once(_read_and_write)
            await ack("done")

        async with (
            bolt_alone(house.sandbox, "/lookup", lookup) as floor_url,
            aiohttp.ClientSession() as session,
        ):
            slack = SignedCalls(session)
            await house.sandbox.x.posts("jane", "@acme I would like an offer")
            await house.usher.care.listening.listen("x")
            claimed = await slack.types(house.usher.web_url, "/claim", "1")
            assert "is yours" in claimed, claimed
            ours, floor = await in_turns(
                lambda: slack.median_ms(house.usher.web_url, "/lookup", "@jane", "on file"),
                lambda: slack.median_ms(floor_url, "/lookup", "@jane", "done"),
            )
    return Figure(f"lookup_http_vs_floor ({engine})", ours, "ms p50", floor, AT_MOST, GOAL)


def _read_and_write(conn: Connection) -> None:
    conn.execute(SELECT, {"user": "2001"}).one_or_none()
    conn.execute(INSERT, {"key": f"floor-{next(_keys)}", "at": utc_now(), "answer_sealed": b""})
