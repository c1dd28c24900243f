"""A hundred mentions kept with cases, cards and record, beside a hundred plain rows and lines."""

from collections.abc import Sequence
from itertools import count

from sqlalchemy import Connection, insert, update

from bench.bare import Transact, bare
from bench.engines import ENGINES, fresh
from bench.floors import in_turns, seconds
from bench.kitchen import Kitchen, batch, kitchen_of
from bench.report import AT_LEAST, Figure
from bot.model.clock import utc_now
from storage import tables

SIZE, BATCHES = 100, 10
GOAL = 0.25
_numbers = count(1)

MENTION = insert(tables.mentions)
LINE = insert(tables.audit_events)
CARRIED = update(tables.deliveries).values(state="done")


async def ingest_vs_plain_rows() -> Sequence[Figure]:
    return [await _on(engine) for engine in ENGINES]


async def _on(engine: str) -> Figure:
    async with fresh(engine) as (db, url), bare(url) as transact:
        kitchen = await kitchen_of(db)
        case_id = await kitchen.new_case()
        ours, floor = await in_turns(lambda: _received(kitchen), lambda: _plain(transact, case_id))
    name = f"ingest_vs_plain_rows ({engine})"
    return Figure(name, ours, "mentions/s", floor, AT_LEAST, GOAL)


async def _received(kitchen: Kitchen) -> float:
    batches = [batch(SIZE) for _ in range(BATCHES)]

    async def receive_all() -> None:
        for each in batches:
            received = await kitchen.mentions.receive(each, network="x")
            assert received.opened == SIZE, "every mention became a case"

    taken = await seconds(receive_all)
    # In life couriers carry them off; here thousands would wait, and be counted at each batch.
    await kitchen.mentions.acts.db.technical(lambda unit: unit.conn.execute(CARRIED))
    return SIZE * BATCHES / taken


async def _plain(transact: Transact, case_id: int) -> float:
    def insert_both(conn: Connection) -> None:
        numbers = [next(_numbers) for _ in range(SIZE)]
        conn.execute(MENTION, [_mention(number, case_id) for number in numbers])
        conn.execute(LINE, [_line(number) for number in numbers])

    async def insert_all() -> None:
        for _ in range(BATCHES):
            await transact(insert_both)

    return SIZE * BATCHES / await seconds(insert_all)


def _mention(number: int, case_id: int) -> dict[str, object]:
    now = utc_now()
    return {
        "case_id": case_id,
        "author_id": 1,
        "network": "floor",
        "external_id": str(number),
        "words": "w" * 170,
        "words_sealed": b"w" * 200,
        "created_at": now,
        "received_at": now,
        "permalink_sealed": b"p" * 90,
        "parent_id": "",
        "conversation_id": str(number),
        "language": "en",
        "summoned": True,
    }


def _line(number: int) -> dict[str, object]:
    return {
        "uid": f"floor-{number}",
        "at": utc_now(),
        "actor": "clock:usher",
        "action": "mention.received",
        "case_id": number,
        "effect": "noted",
        "rule": "",
        "policy": "",
        "body": b"b" * 300,
        "salt": b"s" * 16,
        "leaf": b"l" * 32,
    }
