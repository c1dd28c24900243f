"""Who knocks, with what, and by which key it is known again: read from the payload here only."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.model.delivery import Card
from bot.model.ids import ChannelId, VisitKey
from bot.model.person import Workspace

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Knock:
    """One delivery. `what` is a name from our own lists, fit for a log."""

    what: str
    key: VisitKey
    workspace: Workspace
    user_id: str
    home_team: str | None
    texts: Mapping[str, str] = field(default_factory=dict)
    """All words the person typed, plain, by the input they stand in ("" where there is none)."""
    retry_key: VisitKey | None = None
    """Where the same form may be sent off again: a no to the first was for that moment only."""
    stays: bool = False
    """The words were said in a message, which stays in Slack."""


def of_command(body: Body, *, what: str, typed: str) -> Knock:
    workspace = Workspace(body["team_id"], body.get("enterprise_id") or "")
    key = _key("command", workspace, body["user_id"], body["trigger_id"])
    return Knock(what, key, workspace, body["user_id"], None, {"": typed})


def of_press(body: Body, *, what: str) -> Knock:
    action = body["actions"][0]
    stable = (body["trigger_id"], action["action_id"], action.get("value") or "")
    return _of_gesture(body, "press", *stable, what=what)


def of_shortcut(body: Body, *, what: str) -> Knock:
    stable = (body["trigger_id"], body["callback_id"], body.get("message_ts") or "")
    return _of_gesture(body, "shortcut", *stable, what=what)


def _of_gesture(body: Body, kind: str, *stable: str, what: str) -> Knock:
    workspace, user = _workspace(body), body["user"]
    key = _key(kind, workspace, user["id"], *stable)
    return Knock(what, key, workspace, user["id"], user.get("team_id"))


def of_submission(body: Body, *, what: str, values: dict[str, str]) -> Knock:
    """The values belong to the key: after an error the very same view is sent off again, mended.

    Not so the trigger: whose acknowledgement was lost presses again, and that is the same deed.
    """
    view = body["view"]
    workspace = _workspace(body)
    user = body["user"]
    filled = (part for pair in sorted(values.items()) for part in pair)
    key = _key("submission", workspace, user["id"], view["id"], view.get("hash") or "", *filled)
    again = _key("again", workspace, key, str(body.get("trigger_id") or ""))
    return Knock(what, key, workspace, user["id"], user.get("team_id"), values, again)


def of_event(body: Body, *, what: str, typed: str) -> Knock:
    event = body["event"]
    home = event.get("user_team") or event.get("team")
    key, texts = event_key(body), {"": typed}
    return Knock(what, key, installed(body), event["user"], home, texts, stays=True)


def event_key(body: Body) -> VisitKey:
    """One message is one event, even where Slack tells of it under two ids."""
    event = body["event"]
    said = isinstance(event.get("channel"), str) and isinstance(event.get("ts"), str)
    stable = (event["channel"], event["ts"]) if said else (body["event_id"],)
    return _key("event", installed(body), event["type"], *stable)


def installed(body: Body) -> Workspace:
    """The delivery's own `team_id` is the author's in Slack Connect: what was granted counts."""
    granted = _granted(body)
    enterprise = body.get("context_enterprise_id") or granted.get("enterprise_id") or ""
    return Workspace(granted.get("team_id") or "", enterprise)


def happened_at(body: Body) -> datetime:
    return datetime.fromtimestamp(float(body["event_time"]), UTC)


def _granted(body: Body) -> Body:
    return dict((body.get("authorizations") or [{}])[0])


def around_mention(body: Body) -> tuple[str, ...]:
    """What stands before our own name, and after each of them; the former is between people."""
    text = str(body["event"].get("text") or "")
    ours = re.escape(str(_granted(body).get("user_id") or "")) or r"\w+"
    name = rf"<@{ours}(?:\|[^<>]*)?>"
    before, *after = re.split(name, text)
    return (before, *after) if after else ("", before)


def thread_of(message: Body, channel: str) -> Card | None:
    ts = message.get("thread_ts")
    return Card(ChannelId(channel), ts) if isinstance(ts, str) and ts else None


def place_of(body: Body) -> Card | None:
    """The message a button stands on; None where it is no message that others see too."""
    where = body.get("container") or {}
    channel, ts = where.get("channel_id"), where.get("message_ts")
    if where.get("type") != "message" or where.get("is_ephemeral") or not channel or not ts:
        return None
    return Card(ChannelId(str(channel)), str(ts))


def page_of(body: Body) -> str:
    """The page a button stands on, by its view's id; "" for a message and for Home."""
    view = body.get("view") or {}
    return str(view.get("id") or "") if view.get("type") == "modal" else ""


def input_values(body: Body) -> dict[str, str]:
    """Each input of a form by its block id; what was left empty is ""."""
    states = body["view"]["state"]["values"]
    return {
        block_id: _value(state)
        for block_id, by_action in states.items()
        for state in by_action.values()
    }


def typed_words(body: Body) -> str:
    """All that was typed into a form; what was chosen is chosen again in a moment."""
    by_block = body["view"]["state"]["values"].values()
    fields = [field for by_action in by_block for field in by_action.values()]
    typed = [field.get("value") or "" for field in fields if field.get("type") == _TEXT_INPUT]
    return "\n\n".join(each for each in typed if each.strip())


_TEXT_INPUT = "plain_text_input"


def _value(state: dict[str, Any]) -> str:
    chosen = state.get("selected_option") or {}
    return str(chosen.get("value") or state.get("value") or state.get("selected_time") or "")


def _workspace(body: Body) -> Workspace:
    """Where we are installed; never the person's own team, or everybody would be at home.

    In Slack Connect a form's `team` may be theirs, and an organisation-wide installation leaves it
    out: nobody belongs to the team "", so the organisation alone decides then.
    """
    told = (body.get("team") or {}).get("id") or ""
    enterprise = (body.get("enterprise") or {}).get("id") or ""
    ours = (body.get("view") or {}).get("app_installed_team_id") or told
    # Sent from another team than ours, its organisation is not ours either.
    return Workspace(ours, enterprise if ours in {told, enterprise} or not told else "")


def _key(kind: str, workspace: Workspace, *parts: str) -> VisitKey:
    whole = "\x1f".join((kind, workspace.enterprise_id, workspace.team_id, *parts))
    return VisitKey(hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest())
