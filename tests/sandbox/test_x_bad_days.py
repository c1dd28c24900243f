"""The loopback X refuses, stumbles and runs dry as X does."""

import asyncio
import json
from datetime import timedelta

import pytest
import tweepy

from bot.sandbox.x_api import XNetwork
from tests.sandbox.x_client import Clock, Loopback, client, clock, mentions, x

__all__ = ["client", "clock", "x"]  # fixtures


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"max_results": "4"}, "max_results"),
        ({"max_results": "101"}, "max_results"),
        ({"since_id": "abc"}, "since_id"),
        ({"pagination_token": "!"}, "pagination_token"),
        ({"tweet.fields": "author_id,shoe_size"}, "tweet.fields"),
        ({"expansions": "uncle_id"}, "expansions"),
    ],
)
async def test_a_wrong_parameter_is_named(
    client: Loopback, params: dict[str, str], named: str
) -> None:
    with pytest.raises(tweepy.BadRequest) as refused:
        await client.request("GET", "/2/users/1000/mentions", params)
    assert f"`{named}`" in refused.value.api_messages[0]
    assert refused.value.response.content_type == "application/problem+json"


async def test_a_wrong_bearer(client: Loopback) -> None:
    client.bearer_token = "stolen"
    with pytest.raises(tweepy.Unauthorized):
        await mentions(client)


async def test_the_window_runs_out_and_opens_again(
    client: Loopback, x: XNetwork, clock: Clock
) -> None:
    x.windows.limits["mentions"] = 2
    await mentions(client)
    await mentions(client)
    with pytest.raises(tweepy.TooManyRequests) as refused:
        await mentions(client)
    assert refused.value.api_codes == [88]
    assert refused.value.reset_time == int((clock.now + timedelta(minutes=15)).timestamp())
    clock.now += timedelta(minutes=15)
    await mentions(client)
    assert [call.status for call in x.calls] == [200, 200, 429, 200]


async def test_ordered_faults(client: Loopback, x: XNetwork, clock: Clock) -> None:
    await x.posts("jane", "@acme hello")
    x.faults.inject("429:30")
    with pytest.raises(tweepy.TooManyRequests) as refused:
        await mentions(client)
    assert refused.value.reset_time == int(clock.now.timestamp()) + 30
    clock.now += timedelta(seconds=30)
    x.faults.inject("503", times=2)
    for _ in range(2):
        with pytest.raises(tweepy.TwitterServerError):
            await mentions(client)
    x.faults.inject("402")
    with pytest.raises(tweepy.HTTPException) as poor:
        await mentions(client)
    assert poor.value.response.status == 402
    x.faults.inject("garbage")
    with pytest.raises(json.JSONDecodeError):
        await mentions(client)
    x.faults.inject("401", on="tweets")
    assert (await mentions(client))["meta"]["result_count"] == 1
    with pytest.raises(tweepy.Unauthorized):
        await client.get_tweets(["1"])


async def test_a_broken_item_waits_for_a_page_with_one(client: Loopback, x: XNetwork) -> None:
    x.faults.inject("malformed_item")
    assert (await mentions(client))["meta"]["result_count"] == 0
    await x.posts("jane", "@acme one")
    await x.posts("tom", "@acme two")
    broken, whole = (await mentions(client))["data"]
    assert "author_id" not in broken
    assert broken["text"] == 17
    assert whole["text"] == "@acme one"
    assert [item["text"] for item in (await mentions(client))["data"]] == ["@acme two", "@acme one"]


async def test_a_slow_answer(client: Loopback, x: XNetwork) -> None:
    x.faults.inject("timeout:0.2")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await mentions(client)
    assert (await mentions(client))["meta"]["result_count"] == 0


async def test_who_listens_hears_every_change(x: XNetwork) -> None:
    heard: list[int] = []
    x.listen(lambda: heard.append(len(x.timeline())))
    post = await x.posts("jane", "@acme hello")
    await x.deletes(post)
    assert heard == [1, 0]
    with pytest.raises(ValueError, match="no handle"):
        await x.posts("not a handle", "words")
    with pytest.raises(ValueError, match="no post"):
        await x.posts("jane", "words", in_reply_to="404")
