"""A delivery over HTTP as Slack signs it, straight into the Bolt app."""

import time

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier


async def dispatch(app: AsyncApp, body: str, *, secret: str) -> BoltResponse:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    headers = {
        "content-type": ["application/x-www-form-urlencoded"],
        "x-slack-signature": [signature or ""],
        "x-slack-request-timestamp": [stamp],
    }
    return await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
