"""Which workspace the bot's token belongs to: asked once at the start, since cases carry it."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.model.person import Workspace
from bot.slack.border import ask


async def whoami(client: AsyncWebClient) -> Workspace:
    """Raises `Misconfigured` with a sentence where Slack does not take the token."""
    told = await ask(client.auth_test)
    return Workspace(str(told["team_id"]), str(told.get("enterprise_id") or ""))
