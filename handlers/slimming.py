"""What of an event is kept until its turn comes: what is read then, and no card number.

Slack tells an event whole: the message twice, names of files, a colleague's profile. It lies with
us until a courier has acted upon it, so that what must be kept nowhere must not come that far.
"""

from collections.abc import Callable
from typing import Any

from bot.errors import Refusal
from handlers.arguments import plain
from handlers.knocks import Body, around_mention
from handlers.threads import asked

Admit = Callable[[str], None]
"""Raises `Refusal` where the words must not come in."""

AROUND = ("context_enterprise_id", "authorizations", "event_id", "event_time")
SAID = (
    "type",
    "user",
    "channel",
    "ts",
    "thread_ts",
    "event_ts",
    "text",
    "tab",
    "user_team",
    "team",
)
NO = "refused"


def slim(body: Body, admit: Admit) -> Body:
    """The same event to whoever reads it; words that must not come in are their refusal instead."""
    event = body["event"]
    kept = {name: body[name] for name in AROUND if name in body}
    kept["event"] = said = {name: _bare(event[name]) for name in SAID if name in event}
    text = event.get("text")
    if not isinstance(text, str) or _refusal(text, admit) is None:
        return kept
    meant = asked(*around_mention(body))
    no = _refusal(meant, admit)
    # What people say to one another around our name is none of our business.
    said["text"] = f"<@{_ours(body)}> {meant}" if no is None else ""
    return kept if no is None else {**kept, NO: [no.sentence, no.rule]}


def refused(body: Body) -> Refusal | None:
    return Refusal(*body[NO]) if NO in body else None


def _refusal(words: str, admit: Admit) -> Refusal | None:
    try:
        admit(words)
        admit(plain(words))
    except Refusal as no:
        return no
    return None


def _bare(told: Any) -> Any:
    """Slack shows some channels and people whole; which one it is suffices."""
    return {"id": told.get("id")} if isinstance(told, dict) else told


def _ours(body: Body) -> str:
    granted = (body.get("authorizations") or [{}])[0]
    return str(granted.get("user_id") or "U")
