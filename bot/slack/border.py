"""Slack's failures become ours here: a sentence for a human, or a time to try again."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import Misconfigured, NotShown, Shut, Unavailable
from bot.slack.retry_after import retry_after, status_of

PARTY = "slack"

_INVITE = "open the channel in Slack and type /invite @usher."
_INSTALL = "install the app anew and put the Bot User OAuth Token (xoxb-…) into SLACK_BOT_TOKEN."
MESSAGES_OFF = "Direct messages to the app are off: turn on App Home → Messages Tab."
_SENTENCES = {
    "channel_not_found": f"Slack shows me no channel {{channel}}: create it, or {_INVITE}",
    "not_in_channel": f"I am not in {{channel}}: {_INVITE}",
    "is_archived": "The channel {channel} is archived: unarchive it, or name another in app.yaml.",
    "restricted_action": "{channel} lets only some people post: allow the app in its settings.",
    "invalid_auth": f"Slack does not accept the bot's token: {_INSTALL}",
    "not_authed": f"The bot has no token: {_INSTALL}",
    "account_inactive": f"The app was removed from the workspace: {_INSTALL}",
    "token_revoked": f"The bot's token was revoked: {_INSTALL}",
    "token_expired": f"The bot's token has expired: {_INSTALL}",
    "missing_scope": (
        "The app lacks the permission “{needed}”: add it under OAuth & Permissions, "
        "press Reinstall to Workspace."
    ),
    "messages_tab_disabled": MESSAGES_OFF,
}
TOKEN_REFUSED = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
_OUR_DEFECT = "Slack refuses what I send to {channel} ({code}); that is a defect, please report it."
_HIDDEN = {"user_not_found", "user_not_visible", "user_disabled"}
"""Nobody is there to read it: the account is another workspace's, or was switched off."""
_SHUT = {"channel_not_found", "is_archived", "not_in_channel"}
_PASSING = {
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "team_added_to_org",
}


async def ask(
    method: Callable[..., Awaitable[AsyncSlackResponse]], *, changes: bool = False, **arguments: Any
) -> Mapping[str, Any]:
    """Call one Web API method; `Unavailable` or `Misconfigured`, nothing else.

    `changes` marks a call which may have happened although its answer was lost.
    """
    try:
        response = await method(**arguments)
    except SlackApiError as refusal:
        raise _understood(refusal, changes=changes, channel=_channel(arguments)) from refusal
    except aiohttp.ClientConnectorError as unreachable:
        raise Unavailable(PARTY, "cannot be reached") from unreachable
    except (aiohttp.ClientError, TimeoutError) as lost:
        raise Unavailable(PARTY, "its answer was lost", unknown_outcome=changes) from lost
    data = response.data
    if not isinstance(data, dict):
        raise Unavailable(PARTY, "its answer was no object", unknown_outcome=changes)
    return data


def error_code(problem: BaseException | None) -> str:
    """Slack's own word, "" where there is none."""
    if not isinstance(problem, SlackApiError):
        return ""
    data = getattr(problem.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def token_refused(code: str) -> str:
    """What to do where Slack does not take the bot's token; `code` is one of `TOKEN_REFUSED`."""
    return _SENTENCES[code]


def _channel(arguments: Mapping[str, Any]) -> str:
    return str(arguments.get("channel") or "the channel")


def _understood(
    refusal: SlackApiError, *, changes: bool, channel: str
) -> Unavailable | Misconfigured:
    code = error_code(refusal)
    status = status_of(refusal)
    wait = retry_after(refusal)
    if wait is not None:
        return Unavailable(PARTY, "rate limited", retry_after=wait, refused=changes)
    if code in _PASSING or not code or status >= 500:
        reason = code or f"status {status}"
        return Unavailable(PARTY, reason, unknown_outcome=changes)
    if code in _HIDDEN or (code == "channel_not_found" and channel.startswith(("U", "W"))):
        return NotShown((f"Slack shows me nobody of that id ({code}).",))
    sentence = _SENTENCES.get(code, _OUR_DEFECT)
    needed = refusal.response.get("needed", "") if code == "missing_scope" else ""
    said = (sentence.format(channel=channel, code=code, needed=needed),)
    return Shut(said, channel) if code in _SHUT else Misconfigured(said)
