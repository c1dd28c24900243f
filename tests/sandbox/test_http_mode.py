"""Slack over HTTP: an address is checked before it is used, and what fails is told again."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.sandbox.driver import Heard
from bot.sandbox.http_mode import NotVerified, encoded
from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import listening
from tests.sandbox.served import served

Answering = Callable[[Request], Response]


def listeners(app: AsyncApp) -> None:
    @app.command("/quick")
    async def quick(ack: Any) -> None:
        await ack("here")

    @app.event("app_mention")
    async def mentioned(ack: Any) -> None:
        await ack()


class Endpoint:
    """Proves its address as Slack wants; then answers events as a test says. Keeps all it got."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self.got: list[tuple[Request, bytes]] = []

    async def __call__(self, request: Request) -> Response:
        body = await request.body()
        self.got.append((request, body))
        if b"url_verification" in body:
            return JSONResponse({"challenge": (await request.json())["challenge"]})
        return Response() if b"ssl_check" in body else self._answering(request)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self.__call__, methods=["GET", "POST"])])

    def retries(self) -> list[tuple[str, str]]:
        told = [request for request, body in self.got if b"app_mention" in body]
        names = ("x-slack-retry-num", "x-slack-retry-reason")
        return [(r.headers.get(names[0], ""), r.headers.get(names[1], "")) for r in told]


async def test_the_same_gestures_are_signed_posts() -> None:
    async with Sandbox(mode="http") as sandbox, listening(sandbox, listeners) as url:
        await sandbox.speak_http(url)
        assert await sandbox.person("anna").types("/quick") == Heard("here")
        unknown = await sandbox.person("anna").types("/nothing")
        assert unknown == Heard('/nothing failed with the error "dispatch_failed"', failed=True)
        await sandbox.person("anna").says("hello @usher")
        event = await sandbox.told("app_mention", outcome="acked")
        assert (event.attempt, event.reason) == (0, "")


async def test_an_app_behind_a_url_has_no_sockets() -> None:
    async with Sandbox(mode="http") as sandbox:
        environment = sandbox.environment()
        assert "SLACK_APP_TOKEN" not in environment
        assert environment["SLACK_SIGNING_SECRET"] == sandbox.workspace.signing_secret
        told = await sandbox.person("anna").types("/quick")
        assert told == Heard('/quick failed with the error "dispatch_failed"', failed=True)
        client = AsyncWebClient(sandbox.workspace.app_token, base_url=sandbox.slack_api_url)
        with pytest.raises(SlackApiError, match="socket_mode_not_enabled"):
            await client.apps_connections_open(app_token=sandbox.workspace.app_token)


async def test_what_slack_asks_of_an_address_is_signed() -> None:
    endpoint = Endpoint(lambda _request: Response())
    async with Sandbox(mode="http") as sandbox, served(endpoint.app()) as url:
        await sandbox.speak_http(f"{url}/slack")
        verifier = SignatureVerifier(sandbox.workspace.signing_secret)
        assert [b"challenge" in body or b"ssl_check=1" in body for _, body in endpoint.got] == [
            True,
            True,
        ]
        for request, body in endpoint.got:
            assert verifier.is_valid_request(body, dict(request.headers))


@pytest.mark.parametrize(
    "body", ["", "hello", '{"challenge":"another"}', "challenge=another", "[]", "null"]
)
async def test_an_address_that_does_not_know_the_challenge(body: str) -> None:
    async def wrong(_request: Request) -> Response:
        return Response(body)

    app = Starlette(routes=[Route("/slack", wrong, methods=["POST"])])
    async with Sandbox(mode="http") as sandbox, served(app) as url:
        with pytest.raises(NotVerified, match=r"challenge parameter: 200"):
            await sandbox.speak_http(f"{url}/slack")
        assert not sandbox.workspace.deliveries.connected


async def test_an_address_that_refuses_the_check_of_its_certificate() -> None:
    async def wrong(request: Request) -> Response:
        body = await request.body()
        known = b"challenge" in body
        return Response((await request.json())["challenge"] if known else "", 200 if known else 404)

    app = Starlette(routes=[Route("/slack", wrong, methods=["POST"])])
    async with Sandbox(mode="http") as sandbox, served(app) as url:
        with pytest.raises(NotVerified, match="ssl_check with 200: 404"):
            await sandbox.speak_http(f"{url}/slack")


async def test_an_address_with_another_secret_or_with_nobody_there() -> None:
    async with Sandbox(mode="http") as sandbox:
        async with listening(sandbox, listeners, secret="another") as url:
            with pytest.raises(NotVerified, match="challenge parameter: 401"):
                await sandbox.speak_http(url)
        with pytest.raises(NotVerified, match="connection_failed"):
            await sandbox.speak_http(url)


async def test_a_challenge_may_come_back_in_plain_words() -> None:
    async def bare(request: Request) -> Response:
        body = await request.body()
        return Response((await request.json())["challenge"] if b"challenge" in body else "")

    app = Starlette(routes=[Route("/slack", bare, methods=["POST"])])
    async with Sandbox(mode="http") as sandbox, served(app) as url:
        await sandbox.speak_http(f"{url}/slack")
        assert sandbox.workspace.deliveries.connected


@pytest.mark.parametrize(
    ("answering", "reason"),
    [
        (lambda _request: Response(status_code=500), "http_error"),
        (lambda request: RedirectResponse(f"{request.url}x"), "too_many_redirects"),
    ],
)
async def test_what_fails_is_told_three_times_more(answering: Answering, reason: str) -> None:
    endpoint = Endpoint(answering)
    async with Sandbox(mode="http", event_retries=(0, 0, 0)) as sandbox:
        async with served(endpoint.app()) as url:
            await sandbox.speak_http(f"{url}/slack")
            await sandbox.person("anna").says("hello @usher")
            await sandbox.told("app_mention", outcome="failed", count=4)
            await asyncio.sleep(0.05)
        assert len(sandbox.workspace.journal.deliveries("app_mention")) == 4
        numbers = list(dict.fromkeys(endpoint.retries()))
        assert numbers == [("", ""), ("1", reason), ("2", reason), ("3", reason)]


async def test_why_it_is_told_again() -> None:
    endpoint = Endpoint(lambda _request: Response())
    async with Sandbox(mode="http", ack_seconds=0.5, event_retries=(0,)) as sandbox:
        async with served(endpoint.app()) as url:
            await sandbox.speak_http(f"{url}/slack")
            sandbox.workspace.faults.inject("delivery", kind="drop")
            await sandbox.person("anna").says("hello @usher")
            await sandbox.told("app_mention", outcome="acked")
            assert endpoint.retries() == [("1", "http_timeout")]
        await sandbox.person("anna").says("hello again @usher")
        lost = await sandbox.told("app_mention", outcome="failed", count=2)
        assert (lost.attempt, lost.reason) == (1, "connection_failed")


async def test_two_redirects_are_followed() -> None:
    def answering(request: Request) -> Response:
        far = request.url.path.endswith("xx")
        return Response() if far else RedirectResponse(f"{request.url}x")

    endpoint = Endpoint(answering)
    async with Sandbox(mode="http") as sandbox, served(endpoint.app()) as url:
        await sandbox.speak_http(f"{url}/slack")
        await sandbox.person("anna").says("hello @usher")
        assert (await sandbox.told("app_mention")).outcome == "acked"


async def test_an_app_can_ask_not_to_be_told_again() -> None:
    headers = {"X-Slack-No-Retry": "1"}
    endpoint = Endpoint(lambda _request: Response(status_code=500, headers=headers))
    async with Sandbox(mode="http", event_retries=(0,)) as sandbox, served(endpoint.app()) as url:
        await sandbox.speak_http(f"{url}/slack")
        await sandbox.person("anna").says("hello @usher")
        await sandbox.told("app_mention", outcome="failed")
        await asyncio.sleep(0.1)
        assert endpoint.retries() == [("", "")]


async def test_a_new_address_takes_the_place_of_the_old() -> None:
    first, second = Endpoint(lambda _request: Response()), Endpoint(lambda _request: Response())
    async with (
        Sandbox(mode="http") as sandbox,
        served(first.app()) as one,
        served(second.app()) as other,
    ):
        await sandbox.speak_http(one)
        await sandbox.speak_http(other)
        await sandbox.person("anna").says("hello @usher")
        await sandbox.told("app_mention", outcome="acked")
    assert (len(first.retries()), len(second.retries())) == (0, 1)


def test_nothing_is_sent_as_nothing_in_a_form() -> None:
    assert encoded("slash_commands", {"text": None, "command": "/x"})[0] == b"text=&command=%2Fx"
