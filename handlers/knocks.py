"""Who knocks, with what, and by which key it is known again: read from the payload here only."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from bot.model.ids import VisitKey
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
    texts: tuple[str, ...] = ()
    """All words the person typed, plain: looked at before anything is done with them."""


def of_command(body: Body, *, what: str, texts: tuple[str, ...]) -> Knock:
    workspace = Workspace(body["team_id"], body.get("enterprise_id") or "")
    key = _key("command", workspace, body["user_id"], body["trigger_id"])
    return Knock(what, key, workspace, body["user_id"], None, texts)


def of_press(body: Body, *, what: str) -> Knock:
    action = body["actions"][0]
    workspace = _workspace(body)
    user = body["user"]
    stable = (body["trigger_id"], action["action_id"], action.get("value") or "")
    key = _key("press", workspace, user["id"], *stable)
    return Knock(what, key, workspace, user["id"], user.get("team_id"))


def of_submission(
    body: Body, *, what: str, values: dict[str, str], texts: tuple[str, ...]
) -> Knock:
    """The values belong to the key: after an error the very same view is sent off again, mended."""
    view = body["view"]
    workspace = _workspace(body)
    user = body["user"]
    filled = (part for pair in sorted(values.items()) for part in pair)
    key = _key("submission", workspace, user["id"], view["id"], view.get("hash") or "", *filled)
    return Knock(what, key, workspace, user["id"], user.get("team_id"), texts)


def of_event(body: Body, *, what: str, texts: tuple[str, ...]) -> Knock:
    event = body["event"]
    granted = (body.get("authorizations") or [{}])[0]
    enterprise = body.get("context_enterprise_id") or granted.get("enterprise_id") or ""
    # The delivery's own `team_id` is the author's in Slack Connect: what was granted to us counts.
    workspace = Workspace(granted.get("team_id") or "", enterprise)
    home = event.get("user_team") or event.get("team")
    key = _key("event", workspace, body["event_id"])
    return Knock(what, key, workspace, event["user"], home, texts)


def words_after_mention(body: Body) -> str:
    """What follows our own name in an event's text; what stands before it is between people."""
    text = str(body["event"].get("text") or "")
    granted = (body.get("authorizations") or [{}])[0]
    ours = re.escape(str(granted.get("user_id") or "")) or r"\w+"
    return re.split(rf"<@{ours}(?:\|[^<>]*)?>", text, maxsplit=1)[-1]


def input_values(body: Body) -> dict[str, str]:
    """Each input of a form by its block id; what was left empty is ""."""
    states = body["view"]["state"]["values"]
    return {
        block_id: _value(state)
        for block_id, by_action in states.items()
        for state in by_action.values()
    }


def _value(state: dict[str, Any]) -> str:
    chosen = state.get("selected_option") or {}
    return str(chosen.get("value") or state.get("value") or "")


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
