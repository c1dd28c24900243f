"""Posting and editing: once, within the limits, and every failure in one of our own words."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.compliance import Guard
from bot.errors import Misconfigured, NotShown, Unavailable
from bot.model.cleared import Cleared
from bot.model.delivery import Card
from bot.model.ids import CaseId
from bot.slack import render
from bot.slack.channel import SlackChannel
from bot.slack.message import SlackMessage
from tests.slack.conftest import Loopback
from tests.slack.test_cards import CASE


class Turned:
    """Turns without a database: always free, and remembered."""

    def __init__(self) -> None:
        self.lanes: list[str] = []

    @asynccontextmanager
    async def turn(self, lane: str) -> AsyncIterator[None]:
        self.lanes.append(lane)
        yield


def says(text: str) -> Cleared[SlackMessage]:
    return Guard().clear(render.plain(text))


async def test_a_post_is_seen_and_can_be_edited(slack: Loopback) -> None:
    channel = SlackChannel(slack.client, Turned())
    posted = await channel.post("#care-billing", says("first words"))
    assert posted.channel_id == "C0BILLING"
    assert await channel.edit(posted, says("second words"))
    anna = slack.sandbox.person("anna")
    seen = await anna.sees("second words", channel="#care-billing")
    assert seen.ts == posted.ts
    await anna.sees_not("first words", channel="#care-billing", within=0.1)


async def test_a_direct_message_reaches_one_person(slack: Loopback) -> None:
    channel = SlackChannel(slack.client, Turned())
    await channel.direct("U0ANNA", says("for you"))
    posted = await channel.post("U0ANNA", says("for you too"))
    anna = slack.sandbox.person("anna")
    await anna.sees("for you", channel="@usher")
    await anna.sees("for you too", channel="@usher")
    assert slack.calls("conversations.open") == []
    # Slack edits nothing by a person's id.
    assert posted.channel_id == "D0ANNA"
    assert not await channel.edit(Card("U0ANNA", posted.ts), says("lost"))
    assert await channel.edit(posted, says("for you now"))
    await anna.sees("for you now", channel="@usher")


async def test_nobody_is_there_to_read_it_where_slack_shows_us_no_such_colleague(
    slack: Loopback,
) -> None:
    """Which is no defect of ours that a human could mend."""
    await slack.sandbox.person("cora").deactivates("anna")
    channel = SlackChannel(slack.client, Turned())
    for nobody in ("U0ANNA", "U0EVE"):
        with pytest.raises(NotShown):
            await channel.post(nobody, says("for you alone"))


async def test_an_edit_of_what_is_gone_tells_so(slack: Loopback) -> None:
    assert not await SlackChannel(slack.client, Turned()).edit(
        Card("C0BILLING", "1.000001"), says("x")
    )


@pytest.mark.parametrize("code", ["is_archived", "channel_not_found", "not_in_channel"])
async def test_an_edit_where_we_cannot_reach_any_more_tells_so(slack: Loopback, code: str) -> None:
    slack.fault("chat.update", f"error:{code}")
    assert not await SlackChannel(slack.client, Turned()).edit(
        Card("C0BILLING", "1.000001"), says("x")
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("#nowhere", "Slack shows me no channel #nowhere"),
        ("#archived", "unarchive it"),
        ("#random", "type /invite @usher"),
        ("C0RANDOM", "type /invite @usher"),
        ("C0NOWHERE", "create it, or open the channel"),
    ],
)
async def test_a_channel_we_cannot_use_says_what_to_press(
    slack: Loopback, name: str, words: str
) -> None:
    with pytest.raises(Misconfigured) as caught:
        await SlackChannel(slack.client, Turned()).resolve(name)
    assert words in str(caught.value)


async def test_names_are_read_once_for_many_channels(slack: Loopback) -> None:
    channel = SlackChannel(slack.client, Turned())
    found = await asyncio.gather(*(channel.resolve(n) for n in ("#care-billing", "#managers")))
    assert found == ["C0BILLING", "C0MANAGERS"]
    assert len(slack.calls("conversations.list")) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("error:is_archived", "archived"),
        ("error:not_in_channel", "/invite @usher"),
        ("error:channel_not_found", "shows me no channel C0BILLING"),
        ("error:invalid_auth", "SLACK_BOT_TOKEN"),
        ("error:missing_scope", "Reinstall to Workspace"),
        ("error:invalid_blocks", "please report it"),
    ],
)
async def test_what_a_human_must_mend_is_a_sentence(
    slack: Loopback, fault: str, words: str
) -> None:
    slack.fault("chat.postMessage", fault)
    with pytest.raises(Misconfigured) as caught:
        await SlackChannel(slack.client, Turned()).post("C0BILLING", says("x"))
    assert words in str(caught.value)


async def test_a_refusal_tells_how_long_to_rest(slack: Loopback) -> None:
    slack.fault("chat.postMessage", "429:7")
    channel = SlackChannel(slack.client, Turned())
    with pytest.raises(Unavailable) as caught:
        await channel.post("C0BILLING", says("x"))
    assert (caught.value.retry_after, caught.value.unknown_outcome) == (7.0, False)
    assert len(slack.calls("chat.postMessage")) == 1


async def test_only_what_the_door_says_takes_its_turn_here(slack: Loopback) -> None:
    turned = Turned()
    channel = SlackChannel(slack.client, turned)
    posted = await channel.post("C0BILLING", says("x"))
    await channel.edit(posted, says("y"))
    assert turned.lanes == []
    await channel.whisper("C0BILLING", "U0ANNA", says("psst"))
    await channel.direct("U0ANNA", says("for you"))
    assert turned.lanes == ["whisper", "dm:U0ANNA"]


async def test_a_card_carries_the_number_of_its_case(slack: Loopback) -> None:
    case = replace(CASE, id=CaseId(42))
    channel = SlackChannel(slack.client, Turned())
    posted = await channel.post("C0BILLING", says("x"), about=case)
    (message,) = slack.sandbox.workspace.messages.thread("C0BILLING", posted.ts)
    assert message.metadata == {
        "event_type": "usher_card",
        "event_payload": {"case": 42, "revision": case.revision},
    }


async def test_reads_wait_a_short_while_and_ask_no_more_during_a_long_one(slack: Loopback) -> None:
    slack.fault("conversations.info", "429:1")
    names = SlackChannel(slack.client, Turned()).names
    started = time.monotonic()
    await names.look("C0BILLING")
    assert time.monotonic() - started >= 1
    slack.fault("conversations.info", "429:30")
    for _ in "abc":
        with pytest.raises(Unavailable) as caught:
            await names.look("C0GENERAL")
        assert caught.value.retry_after is not None
        assert 25 < caught.value.retry_after <= 30
    assert len(slack.calls("conversations.info")) == 3


@pytest.mark.parametrize("fault", ["503", "error:internal_error"])
async def test_slacks_own_trouble_is_tried_again(slack: Loopback, fault: str) -> None:
    slack.fault("chat.postMessage", fault)
    with pytest.raises(Unavailable) as caught:
        await SlackChannel(slack.client, Turned()).post("C0BILLING", says("x"))
    assert caught.value.unknown_outcome


async def test_an_answer_lost_after_the_post_is_told_and_nothing_is_posted_twice(
    slack: Loopback,
) -> None:
    slack.fault("chat.postMessage", "hang_up")
    with pytest.raises(Unavailable) as caught:
        await SlackChannel(slack.client, Turned()).post("C0BILLING", says("only once"))
    assert caught.value.unknown_outcome
    seen = slack.sandbox.person("anna").messages("#care-billing")
    assert len([m for m in seen if "only once" in m.words]) == 1


async def test_a_server_that_is_not_there_did_certainly_nothing(slack: Loopback) -> None:
    slack.client.base_url = "http://127.0.0.1:9/api/"
    with pytest.raises(Unavailable) as caught:
        await SlackChannel(slack.client, Turned()).post("C0BILLING", says("x"))
    assert not caught.value.unknown_outcome
