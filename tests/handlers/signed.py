"""A delivery over HTTP as Slack signs it, straight into the Bolt app."""

import time
from collections.abc import Sequence

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier


async def dispatch(app: AsyncApp, body: str, *, secret: str) -> BoltResponse:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    headers: dict[str, str | Sequence[str]] = {
        "content-type": [content_type(body)],
        "x-slack-signature": [signature or ""],
        "x-slack-request-timestamp": [stamp],
    }
    return await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))


def content_type(body: str) -> str:
    return f"application/{'json' if body[:1] == '{' else 'x-www-form-urlencoded'}"
