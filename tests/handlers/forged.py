"""One delivery of each kind Slack has, made by hand, for every part that the handlers list."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from bot.sandbox.driver import View
from handlers import BUTTONS, COMMANDS, EVENTS, MODALS, NOTICES, SHORTCUTS
from handlers.spec import Event, Notice, Shortcut

Body = dict[str, Any]

TYPED = {
    "claim": "42",
    "case": "mine",
    "lookup": "@jane",
    "handoff": "42 sales An offer.",
    "reply": "42 Hello.",
    "digest": "today",
    "usher": "status",
}
ANNA = {"id": "U0ANNA", "team_id": "T0USHER"}
GUS = {"id": "U0GUS", "team_id": "T0USHER"}
EVE = {"id": "U0EVE", "team_id": "T0OTHER"}
HERE: Body = {"team": {"id": "T0USHER", "domain": "loop"}}
GRANTED = [{"team_id": "T0USHER", "user_id": "U0USHER", "is_bot": True}]


def slash(name: str, number: int, *, user: Body = GUS) -> str:
    form = {"command": f"/{name}", "text": TYPED[name], "trigger_id": f"1.{number}"}
    return urlencode(form | {"team_id": "T0USHER", "user_id": user["id"]})


def press(action_id: str, *, user: Body, value: str = "42", **more: Any) -> str:
    action = {"action_id": action_id, "block_id": "b", "type": "button", "value": value}
    return payload("block_actions", user=user, actions=[action], **more)


def shortcut(chosen: Shortcut, *, user: Body, **more: Any) -> str:
    if chosen.where == "global":
        return payload("shortcut", user=user, callback_id=chosen.callback_id, **HERE, **more)
    said = {"type": "message", "user": "U0BEN", "ts": "1.000001", "text": "They called again."}
    where = {"channel": {"id": "C0BILLING"}, "message": said, "message_ts": said["ts"]}
    names = {"callback_id": chosen.callback_id, "api_app_id": "A0USHER"}
    return payload("message_action", user=user, **names, **HERE, **where, **more)


def submission(
    callback_id: str,
    *,
    slip: str,
    user: Body,
    values: Mapping[str, str] | None = None,
    installed: str | None = None,
    **more: Any,
) -> str:
    filled = {"kind": "sales", "summary": "An offer."} if values is None else values
    state = {
        block: {block: {"type": "plain_text_input", "value": typed}}
        for block, typed in filled.items()
    }
    view: Body = {"id": f"V-{callback_id}", "type": "modal", "callback_id": callback_id}
    view |= {"private_metadata": slip, "state": {"values": state}}
    if installed is not None:
        view["app_installed_team_id"] = installed
    return payload("view_submission", user=user, view=view, **more)


def payload(kind: str, **parts: Any) -> str:
    return urlencode({"payload": json.dumps({"type": kind, "trigger_id": "1.1", **parts})})


def told(
    event: Event | Notice, user: Body, *, team: str = "T0USHER", authorized: bool = True
) -> str:
    """An event by somebody; a notice is told without anybody who spoke."""
    happened: Body = {"type": event.name, "channel": "C0BILLING", "ts": "1.000001"}
    if isinstance(event, Event):
        said = "<@U0USHER> claim 42"
        happened |= {"user": user["id"], "text": said, "team": user["team_id"], "tab": "home"}
    else:
        happened |= {"user": {**user, "deleted": True, "profile": {}}}
    body: Body = {"type": "event_callback", "team_id": team, "event_id": f"Ev{event.name}"}
    body |= {"event": happened, "event_time": 1_800_000_000}
    if authorized:
        body["authorizations"] = GRANTED
    return json.dumps(body)


def one_of_each(opened: Mapping[str, View], user: Body) -> list[str]:
    """`opened` are forms somebody else got; what is of no form of theirs has no slip at all."""
    slips = {name: view.private_metadata for name, view in opened.items()}
    bodies = [slash(command.name, place, user=user) for place, command in enumerate(COMMANDS)]
    bodies += [press(button.action_id, user=user, **HERE) for button in BUTTONS]
    bodies += [
        submission(modal.name, slip=slips.get(modal.name, ""), user=user, **HERE)
        for modal in MODALS
    ]
    bodies += [shortcut(each, user=user) for each in SHORTCUTS]
    return bodies + [told(event, user) for event in (*EVENTS, *NOTICES)]
