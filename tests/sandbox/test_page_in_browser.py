"""The sandbox's page in a real browser: what the demo's own journey does not come by."""

from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import expect

from bot.sandbox.server import Sandbox
from tests.browsing import DESK, PATIENCE, PHONE, Newcomer, chromium
from tests.sandbox.bolt_app import client_of, connected
from tests.sandbox.test_choosing import ASK, listeners

expect.set_options(timeout=PATIENCE)
pytestmark = pytest.mark.peer("chromium")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(ack_seconds=0.4) as running, connected(running, listeners):
        yield running


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
async def anna(
    request: pytest.FixtureRequest, peer: Callable[[str], str], sandbox: Sandbox
) -> AsyncIterator[Newcomer]:
    await client_of(sandbox).chat_postMessage(channel="C0GENERAL", text="x", blocks=[ASK])
    async with chromium(peer("chromium")) as browser:
        one = await Newcomer.arrives(browser, sandbox.base_url, request.param)
        yield one
        assert one.complaints == []


async def test_options_are_looked_for_and_chosen_on_a_message(anna: Newcomer) -> None:
    await anna.opens("care-general")
    search = anna.page.locator("#messages").get_by_role("searchbox", name="Who?")
    await search.fill("many")
    await expect(anna.page.locator("#messages .searched")).to_contain_text("could not be loaded")
    await search.fill("jane")
    await anna.page.locator("#messages .searched select").select_option(label="Jane Doe")
    await anna.reads("took jane doe", of="ephemeral")
    assert await anna.scrolls_sideways() == []


async def test_the_home_tab_keeps_what_was_typed_when_it_comes_anew(anna: Newcomer) -> None:
    await anna.opens("Usher")
    await expect(anna.page.locator("#home")).to_contain_text("Fresh")
    await anna.page.locator("#home").get_by_label("Quiet").fill("half a word")
    await anna.page.locator("#home").get_by_role("button", name="Refresh").click()
    await expect(anna.page.locator("#home")).to_contain_text("Fresher")
    assert await anna.page.locator("#home").get_by_label("Quiet").input_value() == "half a word"


async def test_who_is_not_one_of_us_is_marked(anna: Newcomer, sandbox: Sandbox) -> None:
    people = anna.page.locator("#people")
    await expect(people.locator(".person", has_text="Rosa")).to_contain_text("guest")
    await expect(people).not_to_contain_text("Eve")
    staff, eve = sandbox.person("anna"), sandbox.person("eve")
    await staff.shares("#care-general", with_="eve")
    await eve.says("hello from over there")
    await sandbox.person("ben").sets_status("🌴", "away")
    await expect(people.locator(".person", has_text="Eve")).to_contain_text("other organisation")
    await expect(people.locator(".person", has_text="Ben")).to_contain_text("🌴 away")
    await anna.opens("care-general")
    said = await anna.reads("hello from over there")
    await expect(said.locator(".app-badge")).to_have_text("OTHER ORGANISATION")
    assert await anna.scrolls_sideways() == []


async def test_a_reload_forgets_what_only_she_saw(anna: Newcomer, sandbox: Sandbox) -> None:
    await anna.opens("care-general")
    await client_of(sandbox).chat_postEphemeral(channel="C0GENERAL", user="U0ANNA", text="psst")
    await anna.reads("psst", of="ephemeral")
    await anna.page.reload()
    await anna.opens("care-general")
    await anna.reads("Whose?")
    await expect(anna.page.locator("#messages")).not_to_contain_text("psst")


async def test_the_journal_is_read_and_a_bad_day_tried(anna: Newcomer, sandbox: Sandbox) -> None:
    await anna.page.locator("#journal-open").click()
    dialog = anna.page.locator("#journal[open]")
    await expect(dialog).to_contain_text("Usher → Slack: chat.postMessage, 200")
    await dialog.get_by_role("button", name="Answer the next post with 503").click()
    await expect(anna.page.locator("#toast")).to_contain_text("so it will be")
    fault = sandbox.workspace.faults.take("chat.postMessage")
    assert fault is not None
    assert fault.name == "503"
    await dialog.get_by_role("button", name="Lose the next delivery").click()
    await dialog.get_by_role("button", name="Good days again").click()
    await expect(anna.page.locator("#toast")).to_contain_text("Good days again")
    assert sandbox.workspace.faults.take("delivery") is None
    assert await anna.scrolls_sideways() == []


async def test_the_line_about_news_goes_once_they_are_read(
    anna: Newcomer, sandbox: Sandbox
) -> None:
    await anna.opens("care-general")
    await client_of(sandbox).chat_postMessage(channel="C0OUTAGE", text="no power")
    toast = anna.page.locator("#toast")
    await expect(toast).to_contain_text("New in #care-outage")
    await anna.opens("care-outage")
    await anna.reads("no power")
    await expect(toast).to_be_hidden(timeout=500)


async def test_what_is_attached_stands_under_the_words(anna: Newcomer, sandbox: Sandbox) -> None:
    await anna.opens("care-general")
    bar = {
        "title": "Outage",
        "text": "since *noon*",
        "fields": [{"title": "Where", "value": "Leeds"}],
    }
    await client_of(sandbox).chat_postMessage(channel="C0GENERAL", text="news", attachments=[bar])
    said = await anna.reads("news")
    for words in ("Outage", "since noon", "Where", "Leeds"):
        await expect(said.locator(".attached")).to_contain_text(words)
    assert await anna.scrolls_sideways() == []
