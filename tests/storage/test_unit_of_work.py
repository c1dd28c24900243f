"""Transactions: what is kept, what is undone, and who learns what."""

import asyncio
import threading

import pytest

from bot.errors import Refusal, Unavailable, UnrecordedChange
from bot.model.audit import AuditEntry
from bot.model.delivery import DeliveryKind
from bot.model.visit import Answer
from storage.database import Database
from storage.unit_of_work import Technical, UnitOfWork
from storage.vault import Vault
from tests.storage.samples import ANNA, LINE, START, HeldClock, a_case, opened, person, written


async def cursor(db: Database) -> str:
    return await db.read(lambda unit: unit.cursors.get("x"))


async def test_a_change_without_a_line_is_undone(db: Database) -> None:
    with pytest.raises(UnrecordedChange):
        await db.write(lambda unit: unit.people.seen(ANNA))
    with pytest.raises(UnrecordedChange):
        await db.write(lambda unit: (unit.people.seen(ANNA), unit.commit()))
    assert await db.read(lambda unit: unit.people.name(ANNA.key)) == ""


async def test_looking_and_moving_a_cursor_need_no_line(db: Database) -> None:
    assert await db.write(lambda unit: unit.cursors.get("x")) == ""
    await db.write(lambda unit: unit.cursors.move("x", "7"))
    assert await cursor(db) == "7"


async def test_wrote_tells_whether_a_row_changed(db: Database) -> None:
    (case_id,) = await opened(db)

    def work(unit: UnitOfWork) -> list[bool]:
        seen = [unit.wrote]
        unit.visits.keep("visit", Answer("yes"), by="T:U")
        unit.commit(LINE)
        seen.append(unit.wrote)
        unit.cases.release(case_id, holder=ANNA.key)
        seen.append(unit.wrote)
        unit.cases.claim(case_id, by=ANNA)
        seen.append(unit.wrote)
        return seen

    assert await db.write(work) == [False, False, False, True]


@pytest.mark.parametrize(
    "change",
    [
        lambda unit: unit.cases.open_many([a_case()]),
        lambda unit: unit.deliveries.want(DeliveryKind.CARD, 1),
        lambda unit: unit.people.seen(ANNA),
        lambda unit: unit.ambassadors.accept(ANNA, "v1"),
    ],
)
async def test_every_way_to_change_says_so(db: Database, change) -> None:
    def work(unit: UnitOfWork) -> bool:
        unit.commit(LINE)
        change(unit)
        return unit.wrote

    assert await db.write(work)


async def test_one_of_ten_fails_alone(db: Database) -> None:
    """All ten are in one group on SQLite: the first is held until the others are queued."""
    hold = threading.Event()

    def work(number: int):
        def job(unit: UnitOfWork) -> int:
            if number == 0 and db.dialect == "sqlite":
                hold.wait(5)
            unit.ambassadors.accept(person(f"U{number}"), "v1")
            unit.commit(LINE)
            if number == 5:
                raise Refusal("no")
            return number

        return job

    started = [asyncio.ensure_future(db.write(work(number))) for number in range(10)]
    await asyncio.sleep(0.05)
    hold.set()
    outcomes = await asyncio.gather(*started, return_exceptions=True)
    assert outcomes[5] == Refusal("no")
    assert [outcome for outcome in outcomes if isinstance(outcome, int)] == [
        0, 1, 2, 3, 4, 6, 7, 8, 9,
    ]  # fmt: skip
    assert await db.read(lambda unit: unit.ambassadors.count()) == 9
    assert await db.read(lambda unit: unit.ambassadors.accepted(person("U5").key)) is None
    assert (await db.read(lambda unit: unit.audit.verify())).checked == 9


async def test_a_cancelled_caller_does_not_stop_its_job(
    url: str, db: Database, vault: Vault, clock: HeldClock
) -> None:
    loop, running, go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def slow(unit: UnitOfWork) -> None:
        loop.call_soon_threadsafe(running.set)
        if db.dialect == "sqlite":
            go_on.wait(5)
        else:
            unit.conn.exec_driver_sql("SELECT pg_sleep(0.2)")
        unit.people.seen(ANNA)
        unit.commit(LINE)

    caller = asyncio.ensure_future(db.write(slow))
    await running.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    go_on.set()
    await db.close()
    again = await Database.open(url, vault=vault, clock=clock)
    assert await again.read(lambda unit: unit.people.name(ANNA.key)) == ANNA.name
    await again.close()


async def test_closing_waits_for_what_was_begun(db: Database) -> None:
    begun = [
        asyncio.ensure_future(
            written(db, lambda unit, name=str(number): unit.cursors.move(name, "1"))
        )
        for number in range(30)
    ]
    await asyncio.sleep(0)
    await db.close()
    assert await asyncio.gather(*begun) == [None] * 30
    await db.close()


async def test_a_closed_database_is_unavailable(engine: str, db: Database) -> None:
    await db.close()
    with pytest.raises(Unavailable):
        await db.write(lambda unit: unit.commit(LINE))
    with pytest.raises(Unavailable):
        await db.read(lambda unit: unit.cursors.get("x"))


@pytest.mark.parametrize("way", ["read", "glance"])
async def test_a_read_changes_nothing(db: Database, way: str) -> None:
    # Written first, so that a connection which may write is there to be taken by mistake.
    await written(db, lambda unit: unit.cursors.move("x", "0"))
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        await getattr(db, way)(lambda unit: unit.cursors.move("x", "1"))
    assert await cursor(db) == "0"


async def test_a_glance_sees_what_was_just_written(db: Database) -> None:
    for number in "123":
        await written(db, lambda unit, to=number: unit.cursors.move("x", to))
        assert await db.glance(lambda unit: unit.cursors.get("x")) == number
    # And what looks after it sees one moment again.
    assert await db.read(lambda unit: unit.cursors.get("x")) == "3"


async def test_a_read_is_one_moment(db: Database) -> None:
    (case_id,) = await opened(db)
    loop = asyncio.get_running_loop()

    def claim_meanwhile() -> None:
        done = asyncio.run_coroutine_threadsafe(
            written(db, lambda unit: unit.cases.claim(case_id, by=ANNA)), loop
        )
        assert done.result(5)

    def work(unit):
        before = unit.cases.get(case_id).holder
        if db.dialect == "sqlite":
            claim_meanwhile()
        return before, unit.cases.get(case_id).holder

    assert await db.read(work) == (None, None)


async def test_readers_work_beside_one_another(db: Database) -> None:
    await written(db, lambda unit: unit.cursors.move("x", "7"))
    seen = await asyncio.gather(*(cursor(db) for _ in range(60)))
    assert seen == ["7"] * 60


async def test_all_of_a_transaction_has_one_hour(db: Database, clock: HeldClock) -> None:
    def work(unit: UnitOfWork):
        clock.forward(hours=1)
        (number,) = unit.commit(AuditEntry("a.b", ANNA.key))
        return unit.now, unit.audit.get(number).at

    assert await db.write(work) == (START, START)


async def test_technical_work_needs_no_line(db: Database) -> None:
    await db.technical(lambda unit: unit.cursors.move("x", "1"))
    assert await db.read(lambda unit: unit.cursors.beats()) == {"x": START}
    assert not hasattr(Technical, "cases")
