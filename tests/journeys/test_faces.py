"""Every face a card can have, reached the way people reach it."""

from datetime import timedelta
from pathlib import Path

from bot.sandbox.driver import Message, Person
from bot.slack.faces import FACES
from tests.running import Mode, Page, Running, Wandering, blanks, heard, running
from tests.slack.judge import unsaid

BILL = "charged me twice"


async def faced(person: Person, face: str, *, channel: str = "#care-billing") -> Message:
    """The card once it says so."""
    return await person.sees(f"· {face}", channel=channel, timeout=10)


async def waiting(house: Running) -> Message:
    return await house.card("jane", f"@acme {BILL}", channel="#care-billing", seen=BILL)


async def in_hand(house: Running) -> Person:
    await waiting(house)
    anna = await house.enrolled("anna")
    await anna.types("/claim 1")
    await faced(anna, "in hand")
    return anna


def says_what_comes_next(shown: Message, face: str) -> None:
    assert FACES[face].next_step in shown.words
    assert unsaid(shown.text, shown.blocks) == [], "the text is the whole, for whom it is read out"


async def test_waiting_in_hand_with_a_desk_and_resolved(house: Running) -> None:
    says_what_comes_next(await waiting(house), "waiting")
    anna = await house.enrolled("anna")
    await anna.types("/claim 1")
    says_what_comes_next(await faced(anna, "in hand"), "in hand")
    await anna.types("/handoff 1 sales He asks for an offer.")
    at_a_desk = await faced(anna, "with a desk")
    says_what_comes_next(at_a_desk, "with a desk")
    await anna.clicks("Resolve", on=at_a_desk)
    says_what_comes_next(await faced(anna, "resolved"), "resolved")


async def test_the_answer_to_case_says_the_same_and_has_the_same_buttons(house: Running) -> None:
    anna = await in_hand(house)
    await anna.types("/case 1")
    shown = await anna.sees("Next:", channel="#care-general")
    assert FACES["in hand"].next_step in shown.words
    assert shown.buttons == ["Hand off", "Resolve", "Release", "Open on the network"]
    await anna.clicks("Release", on=shown)
    await faced(anna, "waiting")


async def test_blanked_by_a_coordinator(house: Running) -> None:
    card = await waiting(house)
    cora = house.person("cora")
    await blanks(cora, card)
    blank = await faced(cora, "blanked")
    says_what_comes_next(blank, "blanked")
    assert BILL not in blank.words
    assert BILL not in blank.text
    assert blank.buttons == []
    await cora.types("/case note 1 seen")
    assert (await faced(cora, "blanked")).ts == card.ts


async def test_merged_into_another_case(house: Running) -> None:
    anna = await in_hand(house)
    await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    await anna.types("/case merge 2 into 1")
    quiet = await faced(anna, "merged")
    says_what_comes_next(quiet, "merged")
    assert "refund now" not in quiet.words + quiet.text
    assert "It goes on in case 1" in quiet.text
    assert quiet.buttons == []


async def test_handed_back_by_whoever_goes_away(house: Running) -> None:
    anna = await in_hand(house)
    await anna.types("/usher away")
    shown = await faced(anna, "handed back")
    says_what_comes_next(shown, "handed back")
    assert "Its last holder is away" in shown.words
    assert "Claim" in shown.buttons


async def test_overdue_once_the_promised_moment_has_passed(
    database_url: str, tmp_path: Path, mode: Mode
) -> None:
    clock = Wandering()
    async with running(tmp_path, database_url, mode=mode, clock=clock) as house:
        assert "Answer due" in (await waiting(house)).words
        clock.off = timedelta(hours=5)
        await house.usher.care.overdue.look()
        anna = house.person("anna")
        shown = await faced(anna, "overdue")
        says_what_comes_next(shown, "overdue")
        assert "Claim" in shown.buttons
        assert "An answer was due 1 h ago" in heard(await anna.types("/case 1"))


async def test_stuck_at_a_desk_whose_setting_is_wrong(
    database_url: str, tmp_path: Path, mode: Mode
) -> None:
    def no_file_at_all(page: Page) -> None:
        (tmp_path / "data" / "desk.jsonl").mkdir()
        page["desks"]["console"]["file"] = "data/desk.jsonl"

    async with running(tmp_path, database_url, mode=mode, change=no_file_at_all) as house:
        anna = await in_hand(house)
        await anna.types("/handoff 1 sales He asks for an offer.")
        stuck = await faced(anna, "stuck at a desk")
        says_what_comes_next(stuck, "stuck at a desk")
        assert stuck.buttons[:3] == ["Hand off", "Resolve", "Release"]
