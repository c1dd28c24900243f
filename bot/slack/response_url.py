"""The way back to one person after the acknowledgement: five times, for half an hour."""

import asyncio

import aiohttp

from bot.errors import Unavailable
from bot.model.cleared import Cleared
from bot.model.visit import Answer
from bot.slack.render import reply
from bot.slack.retry_after import LIMITED, told_by

LONGEST_WAIT = 10.0
"""Seconds; whoever is told to wait longer finds another way to the person."""
AGAIN_SECONDS = 0.5


async def send(session: aiohttp.ClientSession, url: str, answer: Cleared[Answer]) -> None:
    """Tried twice, the second time no sooner than Slack says.

    Slack's own helper says nothing on a 429 or a 404; here it is Unavailable.
    """
    try:
        await _send(session, url, answer)
    except Unavailable as busy:
        wait = busy.retry_after or AGAIN_SECONDS
        if wait > LONGEST_WAIT:
            raise
        await asyncio.sleep(wait)
        await _send(session, url, answer)


async def _send(session: aiohttp.ClientSession, url: str, answer: Cleared[Answer]) -> None:
    payload = reply(answer) | {"replace_original": answer.value.replaces}
    try:
        async with session.post(url, json=payload) as response:
            told = await response.text()
            if response.status == 429:
                LIMITED.labels("response_url").inc()
                wait = told_by(response.headers)
                raise Unavailable("slack", "rate limited", retry_after=wait)
            if response.status != 200 or '"ok":false' in told.replace(" ", ""):
                raise Unavailable("slack", f"response_url answered {response.status}")
    except (aiohttp.ClientError, TimeoutError) as lost:
        raise Unavailable("slack", "response_url was lost", unknown_outcome=True) from lost
