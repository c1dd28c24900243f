"""What is due is found along an index: ten thousand that wait cost as much as ten do.

And thousands of colleagues whose morning is not there yet cost as much as none.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, event

from bot.model.delivery import TO_SLACK, DeliveryKind, Wish
from bot.model.lanes import EDIT, NOW, SOMETIME, lane_to
from storage.database import Database
from tests.storage.samples import HeldClock, written

CHANNELS = [lane_to(f"#channel{number}") for number in range(5)]
COLLEAGUES = 2500
CREWS = (tuple(TO_SLACK), (DeliveryKind.TICKET,))


async def waiting(db: Database, number: int, *, since: str) -> None:
    wishes = [
        Wish(f"{since} {lane} {one}", lane, NOW if one % 2 else SOMETIME)
        for one in range(number)
        for lane in (*CHANNELS, EDIT)
    ]
    await written(db, lambda unit: unit.deliveries.want_many(DeliveryKind.CARD, wishes))


async def mornings(db: Database, clock: HeldClock, colleagues: range) -> None:
    """In an hour each of them is to get a message."""
    wishes = [Wish(number, lane_to(f"U{number}"), SOMETIME) for number in colleagues]
    clock.forward(hours=1)
    await written(db, lambda unit: unit.deliveries.want_many(DeliveryKind.MESSAGE, wishes))
    clock.forward(hours=-1)


async def looked_at(db: Database, crew: Sequence[DeliveryKind]) -> int:
    """Steps of SQLite's machine, or rows that PostgreSQL read, to find what is to go now."""
    asked: list[tuple[str, Any]] = []

    def keep(_conn: Any, _cur: Any, sql: str, values: Any, *_: Any) -> None:
        if sql.lstrip().startswith(("SELECT", "WITH")):
            asked.append((sql, values))

    def work(unit) -> int:
        if unit.conn.dialect.name == "postgresql":
            # As its own housekeeping does in time: without figures a plan is a guess.
            unit.conn.exec_driver_sql("ANALYZE deliveries")
        event.listen(unit.conn, "before_cursor_execute", keep)
        unit.deliveries.lease(owner="one", limit=20, seconds=60, kinds=crew)
        event.remove(unit.conn, "before_cursor_execute", keep)
        return sum(_cost(unit.conn, sql, values) for sql, values in asked)

    return await db.technical(work)


def _cost(conn: Connection, sql: str, values: Any) -> int:
    if conn.dialect.name == "postgresql":
        plan = conn.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values).scalar_one()
        return _rows(plan[0]["Plan"])
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    driver: Any = conn.connection.driver_connection
    driver.set_progress_handler(step, 1)
    conn.exec_driver_sql(sql, values).all()
    driver.set_progress_handler(None, 1)
    return steps


def _rows(node: dict[str, Any]) -> int:
    read = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return int(read * node["Actual Loops"]) + sum(_rows(each) for each in node.get("Plans", ()))


async def test_thousands_that_wait_cost_no_more_than_a_few(db: Database, clock: HeldClock) -> None:
    await waiting(db, 30, since="early")
    few = [await looked_at(db, crew) for crew in CREWS]
    clock.forward(seconds=10)
    await waiting(db, 1000, since="late")
    many = [await looked_at(db, crew) for crew in CREWS]
    assert sum(few) > 0
    assert all(late < 2 * early + 100 for early, late in zip(few, many, strict=True)), (few, many)


async def test_thousands_of_colleagues_whose_morning_comes_cost_no_more_than_none(
    db: Database, clock: HeldClock
) -> None:
    await waiting(db, 30, since="early")
    none = await looked_at(db, CREWS[0])
    await mornings(db, clock, range(COLLEAGUES))
    assert await looked_at(db, CREWS[0]) < 2 * none + 100


async def test_thousands_of_colleagues_whose_morning_is_there_cost_no_more_than_hundreds(
    db: Database, clock: HeldClock
) -> None:
    hundreds = range(COLLEAGUES // 10)
    await mornings(db, clock, hundreds)
    clock.forward(hours=1)
    few = await looked_at(db, CREWS[0])
    await waiting(db, 1000, since="late")
    clock.forward(hours=-1)
    await mornings(db, clock, range(len(hundreds), COLLEAGUES))
    clock.forward(hours=1)
    assert await looked_at(db, CREWS[0]) < 3 * few + 100
