"""Fifty colleagues claim one case at once: one winner, and nobody waits long to hear so."""

import asyncio
from collections.abc import Sequence
from itertools import count
from time import perf_counter

from sqlalchemy import Connection, bindparam, insert, select, update

from bench.bare import Transact, bare
from bench.engines import ENGINES, fresh
from bench.floors import in_turns, p99, seconds
from bench.kitchen import PEOPLE, Kitchen, kitchen_of
from bench.report import AT_MOST, Figure
from bot.model.clock import utc_now
from bot.model.ids import CaseId, VisitKey
from bot.model.visit import Visit
from storage import tables

GOAL = 2.0

VISIT = insert(tables.visits)
CASE = (
    select(tables.cases, tables.authors)
    .join_from(tables.cases, tables.authors)
    .where(tables.cases.c.id == bindparam("case"))
)
ACCEPTED = select(tables.ambassadors.c.version).where(tables.ambassadors.c.key == bindparam("who"))
CLAIM = (
    update(tables.cases)
    .where(tables.cases.c.id == bindparam("case"), tables.cases.c.holder.is_(None))
    .values(
        holder=bindparam("to"), holder_name_sealed=bindparam("name"), claimed_at=bindparam("at")
    )
)
WANT = insert(tables.deliveries)
LINE = insert(tables.audit_events)
_numbers = count()


async def claim_50_contenders() -> Sequence[Figure]:
    return [await _on(engine) for engine in ENGINES]


async def _on(engine: str) -> Figure:
    async with fresh(engine) as (db, url), bare(url) as transact:
        kitchen = await kitchen_of(db)
        value, floor = await in_turns(
            lambda: _contended(kitchen), lambda: _in_a_row(kitchen, transact)
        )
    name = f"claim_50_contenders ({engine})"
    return Figure(name, value * 1000, "ms p99", floor * 1000, AT_MOST, GOAL)


async def _contended(kitchen: Kitchen) -> float:
    case_id = await kitchen.new_case()
    taken: list[float] = []

    async def claim(person_number: int) -> bool:
        visit = Visit(VisitKey(f"bench-{next(_numbers)}"), PEOPLE[person_number])
        start = perf_counter()
        answer = await kitchen.cases.claim(case_id, visit=visit)
        taken.append(perf_counter() - start)
        return not answer.refused

    won = await asyncio.gather(*(claim(number) for number in range(len(PEOPLE))))
    assert sum(won) == 1, "exactly one holds the case"
    return p99(taken)


async def _in_a_row(kitchen: Kitchen, transact: Transact) -> float:
    """The six statements of one claim, fifty bare transactions one after the other."""
    case_ids = [await kitchen.new_case() for _ in PEOPLE]

    async def all_of_them() -> None:
        for case_id in case_ids:
            await transact(Claim(case_id))

    return await seconds(all_of_them)


class Claim:
    """The statements of one claim, with nothing around them. `who` has to be enrolled."""

    def __init__(self, case_id: CaseId, *, who: str = PEOPLE[0].key) -> None:
        self.case_id = case_id
        self.who = who

    def __call__(self, conn: Connection) -> None:
        key, now, who, case = f"floor-{next(_numbers)}", utc_now(), self.who, self.case_id
        conn.execute(CASE, {"case": case}).one()
        conn.execute(ACCEPTED, {"who": who}).one()
        conn.execute(CLAIM, {"case": case, "to": who, "name": b"sealed" * 8, "at": now})
        row = {
            "kind": "card",
            "subject": f"floor-{case}",
            "state": "waiting",
            "wanted": 1,
            "done": 0,
        }
        lease = {"leased_until": now, "leased_by": "", "attempts": 0, "reason": "", "due_at": now}
        conn.execute(WANT, row | lease)
        line = {"actor": who, "action": "case.claimed", "case_id": case, "effect": "allowed"}
        leaf = {"rule": "r", "policy": "p" * 64, "body": b"b" * 300, "salt": b"s" * 16}
        conn.execute(LINE, line | leaf | {"uid": key, "at": now, "leaf": b"l" * 32})
        conn.execute(VISIT, {"key": key, "at": now, "answer_sealed": b"a" * 400})
