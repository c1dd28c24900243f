"""The way back to one person after the acknowledgement: five times, for half an hour."""

from typing import Any

import aiohttp

from bot.errors import Unavailable


async def send(session: aiohttp.ClientSession, url: str, payload: dict[str, Any]) -> None:
    """Slack's own helper says nothing on a 429 or a 404; here it is Unavailable."""
    try:
        async with session.post(url, json=payload | {"replace_original": False}) as response:
            told = await response.text()
            if response.status != 200 or '"ok":false' in told.replace(" ", ""):
                raise Unavailable("slack", f"response_url answered {response.status}")
    except (aiohttp.ClientError, TimeoutError) as lost:
        raise Unavailable("slack", "response_url was lost", unknown_outcome=True) from lost
