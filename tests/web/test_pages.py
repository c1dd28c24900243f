"""The web door over real sockets: probes, figures, and Slack's requests, signed and unsigned."""

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
import uvicorn
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier

from bot.errors import Misconfigured, Unavailable
from bot.web import make_web, serve, slack_endpoint
from bot.web.slack import LARGEST

SECRET = "not-a-real-secret"
EVENTS = "/slack/events"


class Parts:
    """Two parts whose state a test sets."""

    reason = ""
    pause = 0.0

    async def well(self) -> None:
        return

    async def varying(self) -> None:
        if self.reason == "defect":
            raise RuntimeError("a customer's words")
        await asyncio.sleep(self.pause)
        if self.reason:
            raise Unavailable("slack", self.reason)


@pytest.fixture
def parts() -> Parts:
    return Parts()


def make_slack() -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")

    slack = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @slack.command("/usher")
    async def usher(ack, command) -> None:
        await ack(f"heard {command['text']}")

    @slack.command("/broken")
    async def broken(ack) -> None:
        raise RuntimeError("a customer's words")

    return slack


@pytest.fixture
async def browser(parts: Parts) -> AsyncIterator[aiohttp.ClientSession]:
    checks = {"database": parts.well, "slack": parts.varying}
    slack = slack_endpoint(make_slack(), signing_secret=SECRET)
    web = make_web(checks=checks, slack=slack, patience=0.05)
    async with (
        serve(web, host="127.0.0.1", port=0) as url,
        aiohttp.ClientSession(base_url=url) as session,
    ):
        yield session


def signed(body: bytes, *, at: float | None = None) -> dict[str, str]:
    timestamp = str(int(at or time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=timestamp, body=body)
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature or "",
        "Content-Type": "application/x-www-form-urlencoded",
    }


async def test_alive(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/health") as answer:
        assert (answer.status, await answer.text()) == (200, "ok\n")


async def test_ready_only_while_every_part_is(browser: aiohttp.ClientSession, parts: Parts) -> None:
    async with browser.get("/ready") as answer:
        assert answer.status == 200
        assert await answer.json() == {"ready": True, "database": "ok", "slack": "ok"}
    parts.reason = "secret words of a server"
    async with browser.get("/ready") as answer:
        assert answer.status == 503
        assert await answer.json() == {"ready": False, "database": "ok", "slack": "unavailable"}


async def test_a_part_that_hangs_is_not_waited_for(
    browser: aiohttp.ClientSession, parts: Parts
) -> None:
    parts.pause = 30
    async with browser.get("/ready") as answer:
        assert answer.status == 503
        assert (await answer.json())["slack"] == "slow"


async def test_a_part_in_use_may_say_what_is_less_than_well() -> None:
    async def half() -> str:
        return "1 of 2 connections"

    async with (
        serve(make_web(checks={"slack": half}), host="127.0.0.1", port=0) as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/ready") as answer,
    ):
        assert answer.status == 200
        assert await answer.json() == {"ready": True, "slack": "1 of 2 connections"}


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b'{"type": "url_verification", "challenge": "abc"}', "application/json", "abc"),
        (b"ssl_check=1&token=x", "application/x-www-form-urlencoded", ""),
    ],
)
async def test_what_slack_asks_of_the_address_itself_is_answered_when_signed(
    browser: aiohttp.ClientSession, body: bytes, kind: str, said: str
) -> None:
    for headers, status in ((signed(body), 200), (signed(body + b" "), 401)):
        async with browser.post(EVENTS, data=body, headers={**headers, "Content-Type": kind}) as it:
            assert it.status == status
            assert said in await it.text() or status == 401


async def test_a_signed_command_is_answered(browser: aiohttp.ClientSession) -> None:
    body = b"command=%2Fusher&text=help&team_id=T1&user_id=U1&channel_id=C1"
    async with browser.post(EVENTS, data=body, headers=signed(body)) as answer:
        assert answer.status == 200
        assert "heard help" in await answer.text()


@pytest.mark.parametrize("timestamp", ["abc", "", "-1", "1e9", "9" * 12, "١٢٣"])
async def test_a_timestamp_that_is_none(browser: aiohttp.ClientSession, timestamp: str) -> None:
    headers = signed(b"{}") | {"X-Slack-Request-Timestamp": timestamp}
    async with browser.post(EVENTS, data=b"{}", headers=headers) as answer:
        assert answer.status == 401


async def test_a_stale_or_foreign_signature(browser: aiohttp.ClientSession) -> None:
    body = b"command=%2Fusher&text=help"
    for headers in (signed(body, at=time.time() - 900), signed(b"other")):
        async with browser.post(EVENTS, data=body, headers=headers) as answer:
            assert answer.status == 401


@pytest.mark.parametrize(
    "body", [b"{", b"[1]", b"[" * 100_000, b"\xff\xfe", b"payload=%7B", b"payload=1", b""]
)
async def test_an_unsigned_body_of_any_shape_is_refused(
    browser: aiohttp.ClientSession, body: bytes
) -> None:
    headers = signed(b"other")
    if not body.startswith(b"payload"):
        headers["Content-Type"] = "application/json"
    async with browser.post(EVENTS, data=body, headers=headers) as answer:
        assert answer.status == 401


async def test_too_much_is_not_read(browser: aiohttp.ClientSession) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 50_000 + 2):
            yield b"x" * 50_000

    for body in (b"x" * (LARGEST + 1), pieces()):
        async with browser.post(EVENTS, data=body, headers=signed(b"")) as answer:
            assert answer.status == 413


async def test_a_failure_gives_a_reference_and_no_words(browser: aiohttp.ClientSession) -> None:
    body = b"command=%2Fbroken&text=x&team_id=T1&user_id=U1&channel_id=C1"
    async with browser.post(EVENTS, data=body, headers=signed(body)) as answer:
        assert answer.status == 500
        assert "customer" not in await answer.text()


async def test_a_defect_of_ours_gives_a_reference(
    browser: aiohttp.ClientSession, parts: Parts
) -> None:
    parts.reason = "defect"
    async with browser.get("/ready") as answer:
        assert answer.status == 500
        assert set(await answer.json()) == {"error", "reference"}


async def test_a_port_in_use_is_a_sentence() -> None:
    web = make_web(checks={})
    async with serve(web, host="127.0.0.1", port=0) as url:
        port = int(url.rpartition(":")[2])
        with pytest.raises(Misconfigured, match="USHER_HTTP"):
            async with serve(web, host="127.0.0.1", port=port):
                pass


async def test_a_server_that_dies_at_its_start_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def startup(_server: uvicorn.Server, sockets: object = None) -> None:
        raise OSError(98, f"taken meanwhile, {bool(sockets)}")

    monkeypatch.setattr(uvicorn.Server, "startup", startup)
    with pytest.raises(Misconfigured, match=r"USHER_HTTP.*taken meanwhile"):
        async with serve(make_web(checks={}), host="127.0.0.1", port=0):
            pytest.fail("its address was given out")


async def test_without_slack_over_http_there_is_no_such_page() -> None:
    async with (
        serve(make_web(checks={}), host="127.0.0.1", port=0) as url,
        aiohttp.ClientSession() as session,
        session.post(url + EVENTS) as answer,
    ):
        assert answer.status == 404
