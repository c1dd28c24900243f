"""A delivery over HTTP as Slack signs it, straight into the Bolt app."""

import time
from collections.abc import Sequence

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier


async def dispatch(app: AsyncApp, body: str, *, secret: str) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {
        name: [value] for name, value in signed(body, secret=secret).items()
    }
    return await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))


def signed(body: str, *, secret: str) -> dict[str, str]:
    """The headers Slack sends with it."""
    stamp = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {
        "content-type": content_type(body),
        "x-slack-signature": signature or "",
        "x-slack-request-timestamp": stamp,
    }


def content_type(body: str) -> str:
    return f"application/{'json' if body[:1] == '{' else 'x-www-form-urlencoded'}"
