"""A file for one person: Slack gives an address, takes the bytes there, and then shows it."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured, Unavailable
from bot.model.cleared import Cleared
from bot.model.export import SlackFile
from bot.slack.border import PARTY, ask

TAKEN = 200


async def share(client: AsyncWebClient, channel: str, file: Cleared[SlackFile]) -> None:
    """Once more after a lost answer may show it twice, to the same one person."""
    shown = file.value
    given = await ask(
        client.files_getUploadURLExternal, filename=shown.name, length=len(shown.content)
    )
    await _bring(client.session, str(given["upload_url"]), shown.content)
    await ask(
        client.files_completeUploadExternal,
        changes=True,
        files=[{"id": str(given["file_id"]), "title": shown.name}],
        channel_id=channel,
        initial_comment=shown.comment,
    )


async def _bring(session: aiohttp.ClientSession | None, url: str, content: bytes) -> None:
    if session is None:
        raise Misconfigured(("Slack's client has no session to send a file with.",))
    kind = {"Content-Type": "application/octet-stream"}
    try:
        async with session.post(url, data=content, headers=kind) as response:
            if response.status != TAKEN:
                raise Unavailable(PARTY, f"did not take the file (status {response.status})")
    except (aiohttp.ClientError, TimeoutError) as lost:
        raise Unavailable(PARTY, "the file's way was cut") from lost
