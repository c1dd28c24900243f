"""Story 1, steps 1, 5 and 6: brought in, looked up by handle, handed to the desk's front door."""

import json
from pathlib import Path

import pytest

from bot.sandbox.driver import View
from tests.running import Mode, Page, Running, case_number, heard, running
from tests.trusting import trusted

CUSTOMER_WORDS = ("jane.doe@example.com", "HO-558-201", "C-1001", "2019")


async def brought_in(house: Running, handle: str = "@jane") -> tuple[int, str]:
    anna = await house.enrolled("anna")
    answer = await anna.types(f"/case new {handle} wants a policy for security consulting")
    said = heard(answer)
    assert "open and yours" in said
    return case_number(answer), said


@pytest.mark.main_journey
async def test_look_up_shows_one_person_what_she_may_see(house: Running) -> None:
    await brought_in(house)
    said = heard(await house.person("anna").types("/lookup @jane"))
    assert "Customer since: 2019" in said
    assert "the customer told us" in said
    assert "jane.doe@example.com" not in said
    assert "HO-558-201" not in said


async def test_no_link_no_basis_and_no_such_customer_are_one_sentence(house: Running) -> None:
    anna = await house.enrolled("anna")
    said = {}
    for handle in ("tom", "stranger"):
        await house.sandbox.x.posts(handle, f"@acme hello from {handle}")
        card = await anna.sees(f"hello from {handle}", channel="#care-general", timeout=10)
        await anna.types(f"/claim {case_number(card)}")
        answer = heard(await anna.types(f"/lookup @{handle}"))
        said[handle] = answer.replace(f"@{handle}", "@X").replace(str(case_number(card)), "N")
    assert said["tom"] == said["stranger"]
    assert "Nothing is on file" in said["tom"]


async def test_look_up_takes_an_open_case_of_mine(house: Running) -> None:
    await brought_in(house)
    ben = await house.enrolled("ben")
    said = heard(await ben.types("/lookup @jane"))
    assert "2019" not in said
    assert "D-" in said


async def test_no_channel_card_shows_anything_from_the_directory(house: Running) -> None:
    number, _ = await brought_in(house)
    await house.person("anna").types("/lookup @jane")
    await house.person("anna").types(f"/case note {number} looked")
    await house.person("cora").sees("looked", channel="#care-general", timeout=10)
    for channel in ("#care-general", "#care-billing", "#care-outage", "#managers"):
        for message in house.person("cora").messages(channel):
            assert not any(word in message.words for word in CUSTOMER_WORDS)


@pytest.mark.main_journey
async def test_hand_off_reaches_the_desk_once_and_the_number_comes_back(house: Running) -> None:
    number, _ = await brought_in(house)
    anna = house.person("anna")
    said = heard(await anna.types(f"/handoff {number} sales He asks for an offer."))
    assert "on its way to sales" in said
    told = await anna.sees(f"Case {number} is with sales", channel="@usher", timeout=10)
    assert "ticket" in told.words
    card = await anna.sees("ticket", channel="#care-general", timeout=10)
    assert "sales" in card.words
    tickets = (house.home / "data" / "console-desk.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(tickets) == 1
    ticket = json.loads(tickets[0])
    assert "He asks for an offer." in ticket["body"]
    assert ticket["queue"] == "sales"
    there = heard(await anna.types(f"/handoff {number} sales once more"))
    assert f"Case {number} is with sales already: ticket {told.words.split()[-3]}" in there
    assert f"/handoff {number} sales again they wrote once more" in there
    back = heard(await anna.types(f"/handoff {number} sales Again: he wrote once more"))
    assert "on its way to sales" in back
    assert "on its way to service" in heard(await anna.types(f"/handoff {number} service a call"))


async def test_a_summary_is_as_long_as_the_form_takes_and_no_longer(house: Running) -> None:
    number, _ = await brought_in(house)
    anna = house.person("anna")
    said = heard(await anna.types(f"/handoff {number} sales {'x' * 2001}"))
    assert "2001 characters" in said
    assert "2000 at most" in said
    assert "on its way" in heard(await anna.types(f"/handoff {number} sales {'x' * 2000}"))


async def test_hand_off_by_the_form(house: Running) -> None:
    number, _ = await brought_in(house)
    anna = house.person("anna")
    form = await anna.types(f"/handoff {number}")
    assert isinstance(form, View)
    await anna.submits(form, {"Who can help?": "service", "What should they know?": "Please call."})
    await anna.sees(f"Case {number} is with service", channel="@usher", timeout=10)


async def test_reply_carries_the_disclosure_and_counts(house: Running) -> None:
    number, _ = await brought_in(house)
    anna = house.person("anna")
    await trusted(house, "anna")
    said = heard(await anna.types(f"/reply {number} Hello, we can help."))
    assert "Hello, we can help. – Anna, works at Acme" in said
    assert "of 280" in said
    long = heard(await anna.types(f"/reply {number} {'word ' * 80}"))
    assert "too many" in long


async def test_case_why_explains_a_refusal(house: Running) -> None:
    number, _ = await brought_in(house)
    ben = await house.enrolled("ben")
    refused = heard(await ben.types(f"/case release {number}"))
    decision = refused.partition("D-")[2].split()[0]
    why = heard(await ben.types(f"/case why D-{decision}"))
    assert "Rule:" in why
    assert "denied" in why


CALL_BACK = "He asks to be called at +44 7911 123456, P-12345678."


async def ticket_of(house: Running) -> tuple[str, str]:
    """What anna is told, and what the desk reads."""
    number, _ = await brought_in(house)
    anna = house.person("anna")
    said = heard(await anna.types(f"/handoff {number} sales {CALL_BACK}"))
    assert "on its way to sales" in said
    await anna.sees(f"Case {number} is with sales", channel="@usher", timeout=10)
    (line,) = (house.home / "data" / "console-desk.jsonl").read_text("utf-8").splitlines()
    return said, json.loads(line)["body"]


async def test_what_a_desk_may_not_read_is_left_out_and_told(house: Running) -> None:
    """A call-back number that silently became a mask would leave the customer waiting."""
    said, body = await ticket_of(house)
    assert "The desk reads it without a telephone number" in said
    assert "[phone ••56]" in body
    assert "7911" not in said + body


async def test_what_app_yaml_opens_the_desk_reads(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    def change(page: Page) -> None:
        page["guard"] = {
            "desk": ["phone"],
            "numbers": [{"name": "policy", "pattern": "P-[0-9]{8}"}],
        }

    async with running(tmp_path, database_url, mode=mode, change=change) as house:
        said, body = await ticket_of(house)
    assert "+44 7911 123456, [policy]" in body
    assert "The desk reads it without a number of ours (policy)" in said
    assert "12345678" not in said + body
