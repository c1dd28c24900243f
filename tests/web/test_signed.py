"""A whole Usher over HTTP: a stranger gets 401, and what Slack signed gets 200, whatever it is."""

import asyncio
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.running import running

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
TYPES = (
    *("block_actions", "block_suggestion", "message_action", "shortcut"),
    *("view_submission", "view_closed", "event_callback", "url_verification", "dialog_submission"),
)
NAMES = (
    *("actions", "action_id", "api_app_id", "authorizations", "callback_id", "channel", "command"),
    *("container", "context_team_id", "enterprise", "event", "event_id", "id", "is_ext_shared"),
    *("message", "private_metadata", "response_url", "state", "team", "team_id", "text"),
    *("trigger_id", "user", "user_id", "value", "values", "view"),
)
WORTH = st.sampled_from([None, "", "T0USHER", "U0ANNA", "claim", 0, True, [], {}, [None], [{}]])
SHAPES = st.recursive(
    WORTH | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=12,
)
DELIVERIES = st.builds(
    lambda kind, parts: {**parts, "type": kind},
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(NAMES), SHAPES, max_size=6),
)


class Post:
    """Slack's own way to one Usher, from tests that do not run in its loop."""

    def __init__(self, runner: asyncio.Runner, home: Path) -> None:
        self._runner, self._open = runner, AsyncExitStack()
        self._session, self._url, self._secret = runner.run(self._begun(home))

    async def _begun(self, home: Path) -> tuple[aiohttp.ClientSession, str, bytes]:
        url = f"sqlite:///{home / 'usher.db'}"
        house = await self._open.enter_async_context(running(home, url, mode="http"))
        session = await self._open.enter_async_context(aiohttp.ClientSession())
        secret = house.sandbox.workspace.signing_secret.encode()
        return session, f"{house.usher.web_url}/slack/events", secret

    def ends(self) -> None:
        self._runner.run(self._open.aclose())

    def headers(self, body: bytes, kind: str) -> dict[str, str]:
        stamp = str(int(time.time()))
        made = hmac.digest(self._secret, b"v0:%b:%b" % (stamp.encode(), body), "sha256").hex()
        signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made}"}
        return {**signed, "Content-Type": kind}

    def brings(self, body: bytes, kind: str = FORM, **other: str) -> int:
        headers = {**self.headers(body, kind), **other}

        async def brought() -> int:
            async with self._session.post(self._url, data=body, headers=headers) as answer:
                await answer.read()
                return answer.status

        return self._runner.run(brought())


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    with asyncio.Runner() as runner:
        made = Post(runner, tmp_path_factory.mktemp("signed"))
        yield made
        made.ends()


@pytest.mark.parametrize(
    "signature",
    [
        "v0=\udce9",
        "v0=é",
        "",
        "v0=",
        "v1=" + "0" * 64,
        "v0=" + "0" * 64,
        "v0=" + "٠" * 64,
        "é" * 67,
    ],
)
def test_a_signature_of_any_signs_is_a_strangers(post: Post, signature: str) -> None:
    wire = {"X-Slack-Signature": signature}
    for body in (b"ssl_check=1", b"command=%2Fusher&text=help", b"{", b"\xff"):
        assert post.brings(body, **wire) == 401


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=80))
@example("v0=\x80")
def test_no_signature_is_too_strange(post: Post, signature: str) -> None:
    assert post.brings(b"payload=1", **{"X-Slack-Signature": signature}) == 401


@given(DELIVERIES)
@example({"type": "block_actions", "actions": []})
@example({"type": "view_submission", "view": None})
@example({"type": "view_closed", "view": []})
@example({"type": "event_callback", "event": "app_mention"})
@example({"type": "block_actions", "actions": [{"action_id": "claim"}], "user": "U0ANNA"})
def test_a_signed_delivery_of_any_shape_is_acknowledged(post: Post, body: dict[str, Any]) -> None:
    assert post.brings(urlencode({"payload": json.dumps(body)}).encode()) == 200
    assert post.brings(json.dumps(body).encode(), JSON) == 200


@given(
    st.sampled_from(["/claim", "/case", "/nonsense", ""]),
    st.dictionaries(st.sampled_from(NAMES), st.text(max_size=5), max_size=5),
)
def test_a_signed_command_of_any_shape_is_acknowledged(
    post: Post, command: str, fields: dict[str, str]
) -> None:
    body = urlencode({**fields, "command": command}, errors="surrogatepass").encode()
    assert post.brings(body) == 200


@pytest.mark.parametrize("kind", [FORM, JSON])
@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[1]", b"1", b"null", b'"x"', b"[" * 100_000, b"\xff\xfe"),
        *(b"payload=%7B", b"payload=1", b"payload=[]", b"payload=null", b"payload=%FF"),
    ],
)
def test_a_signed_body_that_cannot_be_read_is_acknowledged(
    post: Post, body: bytes, kind: str
) -> None:
    assert post.brings(body, kind) == 200
