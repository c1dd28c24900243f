"""The way back to one person after the acknowledgement: five times, for half an hour."""

import aiohttp

from bot.errors import Unavailable
from bot.model.cleared import Cleared
from bot.model.visit import Answer
from bot.slack.render import reply


async def send(session: aiohttp.ClientSession, url: str, answer: Cleared[Answer]) -> None:
    """Slack's own helper says nothing on a 429 or a 404; here it is Unavailable."""
    payload = reply(answer) | {"replace_original": False}
    try:
        async with session.post(url, json=payload) as response:
            told = await response.text()
            if response.status != 200 or '"ok":false' in told.replace(" ", ""):
                raise Unavailable("slack", f"response_url answered {response.status}")
    except (aiohttp.ClientError, TimeoutError) as lost:
        raise Unavailable("slack", "response_url was lost", unknown_outcome=True) from lost
