"""The Bolt app, set so that every delivery is answered: Bolt alone leaves some without an ack."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured, Refusal, Unavailable
from bot.slack.blocks import paragraph, plain
from bot.slack.border import ask
from bot.slack.mishaps import mishap_sentence, note_mishap
from bot.slack.text import escape

UNKNOWN_COMMAND = "I do not know this command yet. Your coordinator can update the app's manifest."
AWAY = "I cannot reach what I need just now, and nothing was changed. Please try again in a minute."
MISSET = "Something in my settings is wrong, and nothing was changed. Please tell your coordinator."


Authorize = Callable[..., Awaitable[AuthorizeResult]]


async def authorization(client: AsyncWebClient) -> Authorize:
    """Who we are, asked once at the start; Bolt alone asks in the first visitor's three seconds.

    Raises `Misconfigured` or `Unavailable`.
    """
    told = await ask(client.auth_test)
    known = AuthorizeResult(
        enterprise_id=told.get("enterprise_id"),
        team_id=told.get("team_id"),
        bot_user_id=told.get("user_id"),
        bot_id=told.get("bot_id"),
        bot_token=client.token,
    )

    async def authorize() -> AuthorizeResult:
        return known

    return authorize


def make_app(
    client: AsyncWebClient, *, signing_secret: str, authorize: Authorize | None = None
) -> AsyncApp:
    """With `process_before_response` a listener is awaited: a tenth of a millisecond, not ten."""
    token = client.token
    # Bolt warns of a token that it does not ask about itself.
    client.token = None if authorize else token
    app = AsyncApp(
        client=client,
        signing_secret=signing_secret,
        authorize=authorize,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
    client.token = token

    @app.error
    async def answer_anyway(error: Exception, body: dict[str, Any]) -> BoltResponse:
        return BoltResponse(status=_status(error, body), body=answer_to(error, body))

    return app


def answer_to(error: Exception, body: dict[str, Any]) -> dict[str, Any] | str:
    """An acknowledgement in the form that this kind of delivery can show, or an empty one."""
    kind = _kind(body)
    if isinstance(error, BoltUnhandledRequestError) and kind != "command":
        return ""
    sentence = _sentence(error, kind)
    if kind == "command":
        return {"response_type": "ephemeral", "text": escape(sentence)}
    if kind == "view_submission":
        return {"response_action": "update", "view": _page(sentence)}
    return ""


def _status(error: Exception, body: dict[str, Any]) -> int:
    """An event that met a bad moment is told again when it is not acknowledged."""
    again = isinstance(error, Unavailable) and body.get("type") == "event_callback"
    return 503 if again else 200


def _kind(body: dict[str, Any]) -> str:
    return "command" if "command" in body else str(body.get("type", "unknown"))


def _sentence(error: Exception, kind: str) -> str:
    match error:
        case BoltUnhandledRequestError():
            return UNKNOWN_COMMAND
        case Refusal():
            return error.sentence
        case Unavailable():
            return AWAY
        case Misconfigured():
            return MISSET
        case _:
            return mishap_sentence(note_mishap(error, what=kind))


def _page(sentence: str) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain("Usher", 24),
        "close": plain("Close", 24),
        "blocks": [paragraph(sentence)],
    }
