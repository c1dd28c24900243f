"""The user groups of a workspace and who is in them."""

from collections.abc import Mapping

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.border import ask


async def members_of_groups(
    client: AsyncWebClient, *, team_id: str | None = None
) -> Mapping[str, frozenset[str]]:
    """Members by group id and by @handle. Raises as `ask` does.

    An organisation-wide token has to say which workspace it means.
    """
    listed = await ask(client.usergroups_list, include_users=True, team_id=team_id)
    return {
        known: frozenset(group.get("users") or ())
        for group in listed["usergroups"]
        if not group.get("date_delete")
        for known in (str(group["id"]), f"@{group.get('handle', '')}")
    }
