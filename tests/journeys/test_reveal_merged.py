"""What is read in the clear of two cases that become one, or two again: by whoever holds it."""

from datetime import timedelta
from pathlib import Path

from bot.sandbox.driver import Person, View
from tests.faults.databases import count
from tests.journeys.approving import recorded
from tests.journeys.revealing import MAIL, OVER, closed, held, on_screen, revealing
from tests.journeys.test_merge import GENERAL, SECOND
from tests.running import Running, Wandering, heard


async def second_case(house: Running) -> Person:
    """Case 2, which anna holds."""
    anna = await house.enrolled("anna")
    await house.sandbox.x.posts("jane", f"@acme {SECOND}", lang="de")
    await anna.sees(SECOND, channel=GENERAL, timeout=10)
    assert "is yours" in heard(await anna.types("/claim 2"))
    return anna


async def reads(person: Person, number: int) -> None:
    page = await person.types(f"/case reveal {number} wrong address")
    assert isinstance(page, View), page


async def test_a_look_ends_where_a_merge_or_a_part_takes_the_case_away(
    tmp_path: Path, database_url: str
) -> None:
    clock = Wandering()
    async with revealing(tmp_path, database_url, clock=clock) as house:
        await held(house, "ben")
        anna, ben, cora = (
            await second_case(house),
            house.person("ben"),
            await house.enrolled("cora"),
        )
        await reads(ben, 1)
        await reads(anna, 2)
        await cora.types("/case merge 1 into 2")
        await closed(house, "ben")
        assert MAIL not in on_screen(house, "ben")
        await recorded(database_url, "reveal.closed", 1)
        assert OVER not in on_screen(house, "anna"), "hers it was and is"
        # Else a page that another one covers is looked for again.
        clock.off = timedelta(minutes=2)
        await reads(anna, 2)
        assert MAIL in on_screen(house, "anna")
        await cora.types("/case part 1 from 2")
        await closed(house, "anna")
        assert MAIL not in on_screen(house, "anna")
        await recorded(database_url, "reveal.closed", 3)


async def test_a_look_ends_where_undo_takes_back_what_a_merge_gave(
    tmp_path: Path, database_url: str
) -> None:
    async with revealing(tmp_path, database_url) as house:
        await held(house, "ben")
        anna, ben = await second_case(house), house.person("ben")
        await ben.types("/case release 1")
        await anna.types("/case merge 2 into 1")
        await reads(anna, 1)
        assert MAIL in on_screen(house, "anna")
        assert "are two cases again" in heard(await anna.types("/case undo"))
        assert "1 · " in heard(await ben.types("/case open"))
        await closed(house, "anna")
        await recorded(database_url, "reveal.closed", 1)
        # Where both are hers she reads on, whether they are one or two.
        await anna.types("/claim 1")
        await reads(anna, 1)
        await anna.types("/case merge 1 into 2")
        await anna.types("/case undo")
        await reads(anna, 2)
        await anna.types("/case merge 1 into 2")
        await anna.types("/case part 1")
        waits = "reveals WHERE closed_at IS NULL"
        assert await count(database_url, waits) == 2
        await anna.types("/case release 2")
        await recorded(database_url, "reveal.closed", 2)
        assert await count(database_url, waits) == 1
