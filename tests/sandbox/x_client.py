"""tweepy's real client on a served XNetwork, for the tests of the loopback X."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
import tweepy
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from tweepy.asynchronous import AsyncClient

from bot.sandbox.serving import Server
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
    server = Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        port = listener.getsockname()[1]
        await asyncio.wait_for(_until_up(port), 5)
        async with aiohttp.ClientSession() as session:
            yield Loopback(f"http://127.0.0.1:{port}/x", x.bearer, session)
        server.end()
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
