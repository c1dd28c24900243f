"""The loopback X answers tweepy's real client as X would, on good days and on bad ones."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
import tweepy
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from tweepy.asynchronous import AsyncClient

from bot.sandbox.x_api import XNetwork

FIELDS = ["author_id", "conversation_id", "created_at", "entities", "lang", "referenced_tweets"]
EXPANSIONS = ["author_id", "referenced_tweets.id", "in_reply_to_user_id"]


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Loopback(AsyncClient):
    """tweepy's own client, aimed at the sandbox (tweepy fixes its host in `request`)."""

    def __init__(self, base_url: str, bearer: str, session: aiohttp.ClientSession) -> None:
        super().__init__(bearer, return_type=dict)
        self.base_url = base_url
        self.session = session
        self.headers: dict[str, str] = {}

    async def request(
        self,
        method: str,
        route: str,
        params: dict[str, Any] | None = None,
        json: Any = None,
        **_user_auth: bool,
    ) -> aiohttp.ClientResponse:
        headers = {"Authorization": f"Bearer {self.bearer_token}"}
        async with self.session.request(
            method, self.base_url + route, params=params, json=json, headers=headers
        ) as response:
            await response.read()
        self.headers = dict(response.headers)
        if response.status != 200:
            await refuse(response)
        return response


async def refuse(response: aiohttp.ClientResponse) -> None:
    """tweepy's own error classes, without its stumble over bodies that are not JSON."""
    readable = "json" in response.content_type
    problem = await response.json() if readable else {"detail": response.reason}
    match response.status:
        case 400:
            raise tweepy.BadRequest(response, response_json=problem)
        case 401:
            raise tweepy.Unauthorized(response, response_json=problem)
        case 429:
            reset = int(response.headers["x-rate-limit-reset"])
            raise tweepy.TooManyRequests(response, response_json=problem, reset_time=reset)
        case status if status >= 500:
            raise tweepy.TwitterServerError(response, response_json=problem)
        case _:
            raise tweepy.HTTPException(response, response_json=problem)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def x(clock: Clock) -> XNetwork:
    return XNetwork(clock)


@pytest.fixture
async def client(x: XNetwork) -> AsyncIterator[Loopback]:
    app = Starlette(routes=[Mount("/x", routes=x.routes())])
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        port = listener.getsockname()[1]
        await asyncio.wait_for(_until_up(port), 5)
        async with aiohttp.ClientSession() as session:
            yield Loopback(f"http://127.0.0.1:{port}/x", x.bearer, session)
        server.should_exit = True
        await serving


async def _until_up(port: int) -> None:
    # The listening socket queues this connection until the server takes it.
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    await writer.wait_closed()


async def mentions(client: Loopback, **more: Any) -> Any:
    return await client.get_users_mentions(
        "1000", tweet_fields=FIELDS, expansions=EXPANSIONS, user_fields=["created_at"], **more
    )


async def test_a_mention_comes_with_its_author(client: Loopback, x: XNetwork) -> None:
    post = await x.posts("@jane", "@acme your app charged me twice")
    answer = await mentions(client)
    item = answer["data"][0]
    assert item["id"] == post.id
    assert len(post.id) == 19
    assert item["text"] == "@acme your app charged me twice"
    assert item["author_id"] == "2001"
    assert item["created_at"] == "2026-11-22T08:00:00.000Z"
    assert item["edit_history_tweet_ids"] == [post.id]
    assert item["lang"] == "en"
    assert item["entities"]["mentions"] == [
        {"start": 0, "end": 5, "username": "acme", "id": "1000"}
    ]
    assert [user["username"] for user in answer["includes"]["users"]] == ["jane"]
    assert answer["meta"] == {"result_count": 1, "newest_id": post.id, "oldest_id": post.id}
    assert client.headers["x-rate-limit-limit"] == "450"
    assert client.headers["x-rate-limit-remaining"] == "449"


async def test_only_what_was_asked_for(client: Loopback, x: XNetwork) -> None:
    await x.posts("jane", "@acme hello")
    bare = await client.get_users_mentions("1000")
    assert set(bare["data"][0]) == {"id", "text", "edit_history_tweet_ids"}
    assert "includes" not in bare


async def test_newest_first_in_pages_and_since(client: Loopback, x: XNetwork, clock: Clock) -> None:
    made = []
    for number in range(12):
        clock.now += timedelta(seconds=1)
        made.append(await x.posts("tom", f"@acme number {number}"))
    await x.posts("tom", "nothing to do with you")
    assert [post.id for post in made] == sorted(post.id for post in made)
    first = await mentions(client, max_results=5)
    assert [item["id"] for item in first["data"]] == [post.id for post in made[:6:-1]]
    seen = list(first["data"])
    token = first["meta"]["next_token"]
    while token:
        page = await mentions(client, max_results=5, pagination_token=token)
        seen += page["data"]
        token = page["meta"].get("next_token")
    assert [item["id"] for item in seen] == [post.id for post in reversed(made)]
    newer = await mentions(client, since_id=made[9].id)
    assert [item["id"] for item in newer["data"]] == [made[11].id, made[10].id]
    older = await mentions(client, until_id=made[2].id)
    assert [item["id"] for item in older["data"]] == [made[1].id, made[0].id]
    assert (await mentions(client, since_id=made[-1].id)) == {"meta": {"result_count": 0}}


async def test_a_reply_brings_its_parent(client: Loopback, x: XNetwork) -> None:
    ours = await x.posts("acme", "@jane we are on it", author_is_us=True)
    reply = await x.posts("jane", "thanks", in_reply_to=ours.id)
    assert reply.text == "@acme thanks"
    assert reply.conversation_id == ours.id
    answer = await mentions(client)
    assert answer["data"][0]["referenced_tweets"] == [{"type": "replied_to", "id": ours.id}]
    assert answer["data"][0]["in_reply_to_user_id"] == "1000"
    assert [item["id"] for item in answer["includes"]["tweets"]] == [ours.id]
    assert {user["id"] for user in answer["includes"]["users"]} == {"2001", "1000"}
    await x.deletes(ours)
    orphan = await mentions(client)
    assert orphan["data"][0]["in_reply_to_user_id"] == "1000"
    assert orphan["errors"][0]["resource_id"] == ours.id


async def test_the_newer_naming_asks_and_answers_in_its_own_words(
    client: Loopback, x: XNetwork
) -> None:
    first = await x.posts("jane", "@acme one")
    await x.posts("mia", "same here", in_reply_to=first.id)
    x.naming = "post"
    response = await client.request(
        "GET",
        "/2/users/1000/mentions",
        {
            "post.fields": "created_at,public_metrics",
            "expansions": "author_id,referenced_posts",
            "user.fields": "public_metrics",
        },
    )
    answer = await response.json()
    newest = answer["data"][0]
    assert newest["referenced_posts"] == [{"type": "replied_to", "id": first.id}]
    assert newest["edit_history_post_ids"] == [newest["id"]]
    assert newest["public_metrics"]["repost_count"] == 0
    assert answer["includes"]["posts"][0]["id"] == first.id
    assert "post_count" in answer["includes"]["users"][0]["public_metrics"]


async def test_deleted_and_protected_posts_are_errors_of_a_look_up(
    client: Loopback, x: XNetwork
) -> None:
    stays = await x.posts("jane", "@acme stays")
    goes = await x.posts("jane", "@acme goes")
    hides = await x.posts("mia", "@acme hides")
    await x.deletes(goes)
    x.protects("mia")
    answer = await client.get_tweets([stays.id, goes.id, hides.id])
    assert [item["id"] for item in answer["data"]] == [stays.id]
    kinds = [(error["resource_id"], error["type"].rsplit("/")[-1]) for error in answer["errors"]]
    assert kinds == [
        (goes.id, "resource-not-found"),
        (hides.id, "not-authorized-for-resource"),
    ]
    assert (await client.get_tweet(stays.id))["data"]["id"] == stays.id
    assert "data" not in await client.get_tweet(goes.id)
    assert [post.id for post in x.timeline()] == [stays.id]
    assert len((await mentions(client))["data"]) == 1


async def test_an_edit_replaces_the_older_version(client: Loopback, x: XNetwork) -> None:
    typo = await x.posts("jane", "@acme helo")
    fixed = await x.edits(typo, "@acme hello")
    answer = await mentions(client)
    assert [item["id"] for item in answer["data"]] == [fixed.id]
    assert answer["data"][0]["edit_history_tweet_ids"] == [typo.id, fixed.id]
    assert [post.text for post in x.timeline()] == ["@acme hello"]


async def test_late_and_repeated_posts(client: Loopback, x: XNetwork) -> None:
    late = await x.posts("jane", "@acme late", late=True)
    shown = await x.posts("tom", "@acme at once")
    assert [item["id"] for item in (await mentions(client))["data"]] == [shown.id]
    x.release(late)
    assert len((await mentions(client))["data"]) == 2
    assert (await mentions(client, since_id=shown.id))["meta"]["result_count"] == 0
    x.repeats(shown)
    again = await mentions(client, since_id=shown.id)
    assert [item["id"] for item in again["data"]] == [shown.id]
    assert (await mentions(client, since_id=shown.id))["meta"]["result_count"] == 0


async def test_users_by_handle_and_id(client: Loopback, x: XNetwork) -> None:
    new = await x.posts("Nora_9", "@acme hi")
    found = await client.get_users(usernames=["JANE", "nora_9", "nobody"])
    assert [user["username"] for user in found["data"]] == ["jane", "Nora_9"]
    assert found["errors"][0]["value"] == "nobody"
    assert (await client.get_user(username="jane"))["data"]["name"] == "Jane Doe"
    assert (await client.get_user(id=new.author_id))["data"]["username"] == "Nora_9"
    assert "data" not in await client.get_user(id="99999")
    assert (await client.get_me(user_auth=False))["data"]["id"] == "1000"


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
