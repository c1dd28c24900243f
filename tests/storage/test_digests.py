"""A period in figures, counted by hand beside it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from jinja2 import DictLoader, Environment

from bot.care.acts import Acts
from bot.care.digests import MARK, Digests
from bot.care.duty import Duty
from bot.care.obligations import Obligations, handlers
from bot.care.policy_in_force import PolicyInForce
from bot.compliance import Guard, Policy
from bot.model.digest import DigestFigures, PeriodFigures
from bot.model.handoff import HandoffKind, NewHandoff
from bot.model.ids import VisitKey
from bot.model.visit import Visit
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import (
    ANNA,
    LINE,
    START,
    HeldClock,
    a_case,
    a_mention,
    guarded,
    opened,
    written,
)

DAY = timedelta(days=1)


async def figures(db: Database, clock: HeldClock) -> DigestFigures:
    return await db.read(
        lambda unit: unit.digests.figures(START, START + DAY, clock.now - timedelta(hours=4))
    )


async def claim_after(db: Database, clock: HeldClock, case_id: int, minutes: float) -> None:
    clock.forward(minutes=minutes)
    assert await written(db, lambda unit: unit.cases.claim(case_id, by=ANNA))


async def test_an_empty_house(db: Database, clock: HeldClock) -> None:
    nothing = PeriodFigures(0, 0, 0, 0, 0, None)
    assert await figures(db, clock) == DigestFigures(
        0, 0, 0, (), 0, 0, None, 0, (), (), (), nothing
    )


async def test_the_counts_of_a_period_and_the_one_before(db: Database, clock: HeldClock) -> None:
    clock.now = START - timedelta(hours=2)
    (old,) = await opened(db, a_case(9, route="outage"))
    clock.now = START
    first, second, third = await opened(db, a_case(1), a_case(2), a_case(3, route="outage"))
    said = [a_mention(first, 1), a_mention(second, 2), a_mention(first, 3, author=a_case(1).author)]
    await written(db, lambda unit: unit.mentions.add_many(said))
    await claim_after(db, clock, first, 10)
    await claim_after(db, clock, second, 20)
    await written(db, lambda unit: unit.cases.resolve(first, holder=ANNA.key))
    await written(
        db,
        lambda unit: unit.handoffs.ask(
            NewHandoff(second, HandoffKind.LEGAL, "d", "q", "k", guarded("s"), ANNA)
        ),
    )
    clock.now = START + timedelta(hours=6)
    told = await figures(db, clock)
    assert (told.mentions, told.customers, told.cases_opened) == (3, 2, 3)
    assert told.by_route == (("billing", 2), ("outage", 1))
    assert (told.claimed, told.resolved, told.median_wait_minutes) == (2, 1, 20.0)
    assert told.waiting_now == 2
    assert told.stuck == ((old, "outage", 8), (third, "outage", 6))
    assert told.handoffs_by_kind == (("legal", 1),)
    assert [mention.external_id for mention in told.words] == ["post-3", "post-2", "post-1"]
    assert told.previous == PeriodFigures(0, 0, 1, 0, 0, None)


@pytest.mark.parametrize(
    ("waits", "median"), [((3,), 3.0), ((1, 9), 5.0), ((1, 2, 60), 2.0), ((1, 2, 4, 60), 3.0)]
)
async def test_the_median_wait(
    db: Database, clock: HeldClock, waits: tuple[int, ...], median: float
) -> None:
    ids = await opened(db, *(a_case(number) for number in range(len(waits))))
    for case_id, wait in zip(ids, waits, strict=True):
        clock.now = START
        await claim_after(db, clock, case_id, wait)
    assert (await figures(db, clock)).median_wait_minutes == median


async def test_a_wait_ends_with_the_first_claim(db: Database, clock: HeldClock) -> None:
    (case_id,) = await opened(db)
    await claim_after(db, clock, case_id, 5)
    await written(db, lambda unit: unit.cases.release(case_id, holder=ANNA.key))
    await claim_after(db, clock, case_id, 60)
    assert (await figures(db, clock)).median_wait_minutes == 5.0


async def test_a_claim_taken_back_ended_no_wait(db: Database, clock: HeldClock) -> None:
    (case_id,) = await opened(db)
    await claim_after(db, clock, case_id, 5)
    await written(
        db,
        lambda unit: unit.cases.take_back(case_id, holder=None, now_held_by=ANNA.key, name=""),
    )
    assert (await figures(db, clock)).claimed == 0


async def test_the_edges_of_a_period(db: Database, clock: HeldClock) -> None:
    for edge in (-timedelta(microseconds=1), timedelta(0), DAY - timedelta(microseconds=1), DAY):
        clock.now = START + edge
        await opened(db)
    assert (await figures(db, clock)).cases_opened == 2
    assert (await figures(db, clock)).previous.cases_opened == 1


async def test_only_eight_of_the_newest_words(db: Database, clock: HeldClock) -> None:
    (case_id,) = await opened(db)
    await written(
        db, lambda unit: unit.mentions.add_many([a_mention(case_id, n) for n in range(10)])
    )
    told = (await figures(db, clock)).words
    assert [mention.external_id for mention in told] == [f"post-{n}" for n in range(9, 1, -1)]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_others_write_on_while_it_is_made(db: Database, clock: HeldClock) -> None:
    """Where all wait for one writer. And what they write then is in the next one."""
    loop, beats = asyncio.get_running_loop(), list[str]()

    def meanwhile() -> str:
        clock.forward(minutes=5)
        beat = db.technical(lambda unit: unit.cursors.beats())
        beats.append(asyncio.run_coroutine_threadsafe(beat, loop).result(timeout=5))
        return "Quiet."

    room = Environment(loader=DictLoader({"digest.txt.j2": "Today\n{{ meanwhile() }}"}))  # noqa: S701  plain text
    room.globals["meanwhile"] = meanwhile
    acts = Acts(
        db, PolicyInForce(Policy.load("standard")), lambda: "a" * 64, Obligations(handlers(Guard()))
    )
    digests = Digests(acts, Guard(), Duty(db, "here"), "Acme", ZoneInfo("UTC"), "#m", DAY, room)
    mina = replace(ANNA, roles=frozenset({"manager"}))
    said = await digests.today(visit=Visit(VisitKey("trigger-1"), mina))
    assert (said.text, said.lines, len(beats)) == ("Today", ("Quiet.",), 1)
    made_at = clock.now
    await digests.send_once()
    assert await db.read(lambda unit: unit.cursors.get(MARK)) == made_at.isoformat()
    await digests.send_once()
    assert len(beats) == 2


@dataclass(frozen=True, slots=True)
class Busy(Duty):
    """Right after it a colleague's write begins, and takes its time."""

    begins: Callable[[], Awaitable[None]]

    async def mine(self, name: str, *, seconds: float) -> bool:
        mine = await Duty.mine(self, name, seconds=seconds)
        await self.begins()
        return mine


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_what_is_being_committed_while_it_is_counted_is_in_it(
    db: Database, clock: HeldClock
) -> None:
    """Its hour is before the digest's; uncounted, the next one would begin behind it."""
    halfway, go_on = asyncio.Event(), threading.Event()
    loop, writing = asyncio.get_running_loop(), list[asyncio.Task[None]]()

    def slowly(unit: UnitOfWork) -> None:
        unit.cases.open_many([a_case(1)])
        unit.commit(LINE)
        loop.call_soon_threadsafe(halfway.set)
        assert go_on.wait(5)

    async def begins() -> None:
        writing.append(asyncio.create_task(db.write(slowly)))
        await halfway.wait()
        clock.forward(seconds=1)
        loop.call_later(0.2, go_on.set)

    room = Environment(loader=DictLoader({"digest.txt.j2": "{{ figures.cases_opened }} opened"}))  # noqa: S701  plain text
    acts = Acts(
        db, PolicyInForce(Policy.load("standard")), lambda: "a" * 64, Obligations(handlers(Guard()))
    )
    duty = Busy(db, "here", begins)
    digests = Digests(acts, Guard(), duty, "Acme", ZoneInfo("UTC"), "#m", DAY, room)
    await digests.send_once()
    await asyncio.gather(*writing)
    sent = await db.read(lambda unit: unit.outgoing.get(1))
    assert sent is not None
    assert "1 opened" in sent.text
