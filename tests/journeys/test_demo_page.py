"""A newcomer at the demo's page, in a real browser, at a desk and on a phone."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browsing import DESK, PATIENCE, PHONE, Newcomer, chromium
from tests.running import Running, running

CARD = "4111 1111 1111 1111"
POST = f"@acme your app charged me twice, card {CARD}"

expect.set_options(timeout=PATIENCE)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, f"sqlite:///{tmp_path / 'usher.db'}") as started:
        yield started


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
async def newcomer(
    request: pytest.FixtureRequest, peer: Callable[[str], str], house: Running
) -> AsyncIterator[Newcomer]:
    async with chromium(peer("chromium")) as browser:
        yield await Newcomer.arrives(browser, house.sandbox.base_url, request.param)


@pytest.mark.peer("chromium")
async def test_a_newcomer_helps_a_customer_from_the_post_to_the_digest(newcomer: Newcomer) -> None:
    await a_post_becomes_a_card(newcomer)
    await the_first_claim_opens_the_guidebook(newcomer)
    await a_look_up_is_seen_by_one(newcomer)
    await a_hand_off_brings_a_ticket_number(newcomer)
    await a_reply_waits_for_a_second_person(newcomer)
    await a_manager_reads_the_digest(newcomer)
    await a_guest_is_told_why_not(newcomer)
    assert newcomer.complaints == []


async def a_post_becomes_a_card(one: Newcomer) -> None:
    await expect(one.page.locator("#messages")).to_contain_text("Nothing here yet")
    await one.posts(POST)
    await expect(one.page.locator("#toast")).to_contain_text("New in #care-billing")
    await one.page.locator("#toast").get_by_role("button", name="Show").click()
    card = one.card("charged me twice")
    await expect(card).to_contain_text("[card ••1111]")
    await expect(card).to_contain_text("Nobody holds it yet")
    await expect(one.page.locator("#messages")).not_to_contain_text("1111 1111")
    assert await one.scrolls_sideways() == []


async def the_first_claim_opens_the_guidebook(one: Newcomer) -> None:
    await one.presses("Claim", on="charged me twice")
    await expect(one.modal).to_contain_text("How we help customers")
    assert await one.scrolls_sideways() == []
    await one.modal.get_by_role("button", name="Accept and claim").click()
    await expect(one.modal).to_contain_text("Case 1 is yours. Jane Doe")
    await one.closes("Close")
    await expect(one.card("charged me twice")).to_contain_text("Held by Anna Berg")


async def a_look_up_is_seen_by_one(one: Newcomer) -> None:
    await one.page.get_by_role("button", name="/lookup @jane").click()
    await one.page.locator("#composer textarea").press("Enter")
    answer = await one.reads("@jane is on file", "Customer since: 2019", of="ephemeral")
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).not_to_contain_text("jane.doe@example.com")
    assert await one.scrolls_sideways() == []


async def a_hand_off_brings_a_ticket_number(one: Newcomer) -> None:
    await one.presses("Hand off", on="charged me twice")
    await one.modal.get_by_label("Who can help?").select_option(label="Customer service")
    summary = one.modal.get_by_label("What should they know?")
    await summary.fill(f"Her card is {CARD}")
    await one.modal.get_by_role("button", name="Hand off", exact=True).click()
    await expect(one.modal.locator(".field.wrong")).to_contain_text("looks like a card number")
    assert await one.scrolls_sideways() == []
    await summary.fill("Charged twice, wants a call back.")
    await one.modal.get_by_role("button", name="Hand off", exact=True).click()
    await expect(one.modal).to_contain_text("on its way to service")
    await one.closes("Close")
    await expect(one.card("charged me twice")).to_contain_text("ticket 1 in customer-service")


async def a_reply_waits_for_a_second_person(one: Newcomer) -> None:
    await one.types("/reply 1 Sorry about that, Jane. We look into it.")
    answer = await one.reads("Your answer in case 1 waits", of="ephemeral")
    await expect(answer).to_contain_text("It waits for the yes of one other person")
    await expect(answer).to_contain_text("/case undo")


async def a_manager_reads_the_digest(one: Newcomer) -> None:
    await one.page.get_by_role("button", name="As Mina").click()
    await one.page.locator("#composer textarea").press("Enter")
    digest = await one.reads("what customers said", of="ephemeral")
    await expect(digest).to_contain_text("your app charged me twice, card [card ••1111]")
    await expect(digest).to_contain_text("Handed on: service 1.")
    await expect(one.page.locator("#messages")).not_to_contain_text("is on file")
    assert await one.scrolls_sideways() == []


async def a_guest_is_told_why_not(one: Newcomer) -> None:
    await one.becomes("Gus")
    await expect(one.page.locator("#messages")).not_to_contain_text("what customers said")
    await one.types("/claim 1")
    refused = await one.reads("you are here as a guest", of="ephemeral")
    await expect(refused).to_contain_text("Why: /case why D-")
    await expect(one.card("charged me twice")).to_contain_text("Held by Anna Berg")
