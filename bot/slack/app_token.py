"""The app-level token, tried once before anything moves: the library would try it for ever."""

from slack_bolt.async_app import AsyncApp

from bot.errors import Misconfigured
from bot.slack.border import ask, error_code

_HOW = (
    "make one under Basic Information → App-Level Tokens with the scope connections:write, "
    "and put it (xapp-…) into SLACK_APP_TOKEN."
)
_REFUSED = {
    "invalid_auth": f"Slack does not accept the app-level token: {_HOW}",
    "not_authed": f"There is no app-level token: {_HOW}",
    "not_allowed_token_type": f"SLACK_APP_TOKEN is no app-level token: {_HOW}",
    "token_revoked": f"The app-level token was revoked: {_HOW}",
    "missing_scope": f"The app-level token lacks connections:write: {_HOW}",
    "account_inactive": f"The app-level token is no longer active: {_HOW}",
    "socket_mode_disabled": "Socket Mode is off: turn it on under Settings → Socket Mode.",
}


async def check_token(app: AsyncApp, app_token: str) -> None:
    if not app_token.startswith("xapp-"):
        raise Misconfigured((_REFUSED["not_allowed_token_type"],))
    try:
        await ask(app.client.apps_connections_open, app_token=app_token)
    except Misconfigured as refused:
        raise Misconfigured((token_sentence(refused),)) from refused


def token_sentence(refused: Misconfigured) -> str:
    """What to do where Slack did not take the app-level token."""
    code = error_code(refused.__cause__)
    return _REFUSED.get(code, f"Slack refuses Socket Mode ({code}): {_HOW}")
