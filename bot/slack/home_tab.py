"""Where a Home tab is published; Slack says no to whoever draws over a newer one."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured
from bot.model.cleared import Cleared
from bot.slack.border import ask, error_code


class HomeTab:
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def publish(self, user_id: str, view: Cleared[dict[str, Any]], *, mark: str) -> str:
        """Slack's mark of what stands there now, "" where something newer than `mark` does."""
        over = {"hash": mark} if mark else {}
        try:
            told = await ask(
                self._client.views_publish, changes=True, user_id=user_id, view=view.value, **over
            )
        except Misconfigured as refused:
            if error_code(refused.__cause__) == "hash_conflict":
                return ""
            raise
        return str(told["view"]["hash"])
