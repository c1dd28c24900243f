"""Complaints that wait too long: told once, to those whom it concerns, and on no channel."""

from datetime import timedelta
from pathlib import Path

from bot.sandbox.driver import Person
from tests.journeys.approving import recorded
from tests.journeys.test_complaints import CHANNEL, NOT_SURE, YES, held, known, marked
from tests.journeys.test_policy import chosen
from tests.running import Running, Wandering, heard, running

DAYS = timedelta(days=1)


def told(person: Person) -> list[str]:
    return [m.words for m in person.messages("@usher") if "register of complaints" in m.words]


async def looks(house: Running, database_url: str, times: int) -> None:
    await house.usher.care.complaint_clock.look()
    await recorded(database_url, "complaint.overdue", times)


async def test_it_is_told_once_to_who_holds_it_and_who_supervises(
    tmp_path: Path, database_url: str
) -> None:
    clock = Wandering()
    # Where an answer takes nobody else's yes.
    async with running(tmp_path, database_url, clock=clock, change=chosen("shelter")) as house:
        await known(house)
        cora, ben = house.person("cora"), house.person("ben")
        anna, number = await held(house)
        await marked(anna, number, YES)
        card = await cora.sees("in hand", channel=CHANNEL, timeout=10)
        await looks(house, database_url, 0)
        assert "No late complaints" in heard(await cora.types("/case complaints late"))
        clock.off = 16 * DAYS
        await looks(house, database_url, 1)
        for person in (anna, cora):
            seen = await person.sees(
                "A first answer was due 24 h ago", channel="@usher", timeout=20
            )
            assert f"/reply {number}" in seen.words
        assert "LATE" in heard(await cora.types("/case complaints late"))
        await looks(house, database_url, 1)
        # An answer ends the first of the two; the other goes on.
        await anna.types(f"/reply {number} We look into it.")
        assert "No late complaints" in heard(await cora.types("/case complaints late"))
        clock.off = 41 * DAYS
        await looks(house, database_url, 2)
        await cora.sees("It was to be settled 24 h ago", channel="@usher", timeout=20)
        await looks(house, database_url, 2)
        assert not told(ben)
        shown = cora.messages(CHANNEL)
        assert [m.words for m in shown if m.ts == card.ts] == [card.words]
        assert not [m for m in shown if "complaint" in m.words.casefold()]


async def test_what_nobody_decides_is_late_as_well(tmp_path: Path, database_url: str) -> None:
    clock = Wandering()
    async with running(tmp_path, database_url, clock=clock) as house:
        await known(house)
        anna, number = await held(house)
        await marked(anna, number, NOT_SURE)
        assert "is resolved" in heard(await anna.types(f"/case resolve {number}"))
        clock.off = 50 * DAYS
        await looks(house, database_url, 1)
        words = "Whether it is one is to be decided"
        seen = await house.person("cora").sees(words, channel="@usher", timeout=20)
        assert f"/case complaint {number}" in seen.words
