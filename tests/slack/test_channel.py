"""Posting and editing: once, within the limits, and every failure in one of our own words."""

import asyncio

import pytest

from bot.compliance import Guard
from bot.errors import Misconfigured, Unavailable
from bot.model.cleared import Cleared
from bot.model.delivery import Card
from bot.slack import render
from bot.slack.budgets import Budget, Budgets
from bot.slack.channel import SlackChannel
from bot.slack.message import SlackMessage
from tests.slack.conftest import Loopback


def says(text: str) -> Cleared[SlackMessage]:
    return Guard().clear(render.plain(text))


async def test_a_post_is_seen_and_can_be_edited(slack: Loopback) -> None:
    channel = SlackChannel(slack.client)
    posted = await channel.post("#care-billing", says("first words"))
    assert posted.channel_id == "C0BILLING"
    assert await channel.edit(posted, says("second words"))
    anna = slack.sandbox.person("anna")
    seen = await anna.sees("second words", channel="#care-billing")
    assert seen.ts == posted.ts
    await anna.sees_not("first words", channel="#care-billing", within=0.1)


async def test_a_direct_message_reaches_one_person(slack: Loopback) -> None:
    channel = SlackChannel(slack.client)
    await channel.direct("U0ANNA", says("for you"))
    await channel.post("U0ANNA", says("for you too"))
    anna = slack.sandbox.person("anna")
    await anna.sees("for you", channel="@usher")
    await anna.sees("for you too", channel="@usher")
    assert len(slack.calls("conversations.open")) == 1


async def test_an_edit_of_what_is_gone_tells_so(slack: Loopback) -> None:
    assert not await SlackChannel(slack.client).edit(Card("C0BILLING", "1.000001"), says("x"))


@pytest.mark.parametrize("code", ["is_archived", "channel_not_found", "not_in_channel"])
async def test_an_edit_where_we_cannot_reach_any_more_tells_so(slack: Loopback, code: str) -> None:
    slack.fault("chat.update", f"error:{code}")
    assert not await SlackChannel(slack.client).edit(Card("C0BILLING", "1.000001"), says("x"))


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
        await SlackChannel(slack.client).resolve(name)
    assert words in str(caught.value)


async def test_names_are_read_once_for_many_channels(slack: Loopback) -> None:
    channel = SlackChannel(slack.client)
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
        await SlackChannel(slack.client).post("C0BILLING", says("x"))
    assert words in str(caught.value)


async def test_too_many_requests_rests_the_channel(slack: Loopback) -> None:
    slack.fault("chat.postMessage", "429:7")
    channel = SlackChannel(slack.client)
    with pytest.raises(Unavailable) as caught:
        await channel.post("C0BILLING", says("x"))
    assert (caught.value.retry_after, caught.value.unknown_outcome) == (7.0, False)
    slack.fault("chat.update", "429:30")
    with pytest.raises(Unavailable):
        await channel.edit(Card("C0BILLING", "1.1"), says("x"))
    with pytest.raises(Unavailable) as busy:
        await channel.edit(Card("C0BILLING", "1.1"), says("x"))
    assert "budget" in busy.value.reason
    assert busy.value.retry_after is not None
    assert 25 < busy.value.retry_after <= 31
    assert len(slack.calls("chat.update")) == 1


@pytest.mark.parametrize("fault", ["503", "error:internal_error"])
async def test_slacks_own_trouble_is_tried_again(slack: Loopback, fault: str) -> None:
    slack.fault("chat.postMessage", fault)
    with pytest.raises(Unavailable) as caught:
        await SlackChannel(slack.client).post("C0BILLING", says("x"))
    assert caught.value.unknown_outcome


async def test_an_answer_lost_after_the_post_is_told_and_nothing_is_posted_twice(
    slack: Loopback,
) -> None:
    slack.fault("chat.postMessage", "hang_up")
    with pytest.raises(Unavailable) as caught:
        await SlackChannel(slack.client).post("C0BILLING", says("only once"))
    assert caught.value.unknown_outcome
    seen = slack.sandbox.person("anna").messages("#care-billing")
    assert len([m for m in seen if "only once" in m.words]) == 1


async def test_a_server_that_is_not_there_did_certainly_nothing(slack: Loopback) -> None:
    slack.client.base_url = "http://127.0.0.1:9/api/"
    with pytest.raises(Unavailable) as caught:
        await SlackChannel(slack.client).post("C0BILLING", says("x"))
    assert not caught.value.unknown_outcome


async def test_a_budget_lets_a_burst_through_and_then_waits_its_turn() -> None:
    budget = Budget(per_second=20, burst=3)
    loop = asyncio.get_running_loop()
    started = loop.time()
    await asyncio.gather(*(budget.take() for _ in range(7)))
    assert 0.15 <= loop.time() - started < 0.5
    hasty = Budget(per_second=1, burst=1, patience=0.5)
    await hasty.take()
    with pytest.raises(Unavailable) as caught:
        await hasty.take()
    assert caught.value.retry_after is not None
    assert 0.5 < caught.value.retry_after <= 1


async def test_one_message_a_second_for_each_channel_and_idle_budgets_are_forgotten() -> None:
    budgets = Budgets(per_second=1, burst=1)
    for number in range(1500):
        budgets.of(str(number)).rest(-1)
    assert len(budgets._kept) <= 1001
    assert budgets.of("a") is budgets.of("a")
    assert budgets.of("a") is not budgets.of("b")
