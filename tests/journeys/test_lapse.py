"""A guidebook accepted once, and no longer the one in force: cases go on, answers wait for it."""

from datetime import timedelta
from pathlib import Path

from bot.sandbox.driver import Person, View
from tests.running import Page, Running, Wandering, case_number, heard, running

CHANNEL = "#care-billing"


def another_book(page: Page) -> None:
    page["charter"]["guidebook"] = "newer.md"


async def waits_for_the_guidebook(house: Running, anna: Person) -> None:
    """She claims as before; answering opens the guidebook, and goes on once it is accepted."""
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    number = case_number(card)
    assert "is yours" in heard(await anna.types(f"/claim {number}"))
    asked = await anna.types(f"/reply {number} We look into it.")
    assert isinstance(asked, View)
    assert asked.callback_id == "guidebook"
    await anna.submits(asked, {})
    said = heard(await anna.types(f"/reply {number} We look into it."))
    assert "waits, word for word" in said


async def test_a_newer_guidebook(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "newer.md").write_text("# How we help\n\nGreet first, and say who you are.\n")
    async with running(tmp_path, database_url) as house:
        await house.enrolled("anna")
    async with running(tmp_path, database_url, change=another_book) as house:
        await waits_for_the_guidebook(house, house.person("anna"))


async def test_after_a_year(tmp_path: Path, database_url: str) -> None:
    clock = Wandering()
    clock.off = timedelta(days=-365)
    async with running(tmp_path, database_url, clock=clock) as house:
        anna = await house.enrolled("anna")
        clock.off = timedelta()
        await waits_for_the_guidebook(house, anna)
