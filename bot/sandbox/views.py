"""Modals and home tabs: who has which view open, and how Slack changes them."""

import json
import secrets
from dataclasses import dataclass, field

from bot.sandbox.bell import Bell
from bot.sandbox.messages import named_blocks
from bot.sandbox.records import Clock, Json, SlackError, elements
from bot.sandbox.stamps import new_id

STACK, LARGEST = 3, 250_000
Typed = dict[str, dict[str, Json]]
"""block_id -> action_id -> the state element Slack would send."""


@dataclass(slots=True)
class OpenView:
    """A view on one person's screen; `wire` is what Slack sends and answers."""

    user: str
    wire: Json
    typed: Typed = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.wire["id"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.wire["blocks"])

    def fill(self, typed: Typed) -> None:
        for block_id, states in typed.items():
            self.typed.setdefault(block_id, {}).update(states)

    def with_state(self) -> Json:
        return {**self.wire, "state": {"values": state_values(self.blocks, self.typed)}}

    def rooms_to_answer(self) -> list[Json]:
        """What she chose in selects whose room the app wants to answer in."""
        values, rooms = state_values(self.blocks, self.typed), []
        for element in elements(self.blocks):
            place = {key: element[key] for key in ("block_id", "action_id")}
            state = values.get(element["block_id"], {}).get(element["action_id"], {})
            room = state.get("selected_conversation") or state.get("selected_channel")
            if room and element.get("response_url_enabled"):
                rooms.append({**place, "channel_id": room})
        return rooms


class Views:
    def __init__(self, clock: Clock, bell: Bell) -> None:
        self._clock = clock
        self._bell = bell
        self._stacks: dict[str, list[OpenView]] = {}
        self._homes: dict[str, OpenView] = {}

    def top(self, user: str) -> OpenView | None:
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> OpenView | None:
        return self._homes.get(user)

    def find(self, view_id: str | None, *, external_id: str | None = None) -> OpenView:
        for view in self._all():
            if view_id == view.id or (external_id and view.wire["external_id"] == external_id):
                return view
        raise SlackError("not_found")

    def open(self, user: str, view: Json) -> Json:
        made = self._made(user, view, stack=[])
        self._stacks[user] = [made]
        self._bell.ring()
        return made.wire

    def push(self, user: str, view: Json) -> Json:
        stack = self._stacks.get(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK:
            raise SlackError("push_limit_reached")
        made = self._made(user, view, stack=stack)
        stack.append(made)
        self._bell.ring()
        return made.wire

    def publish(self, user: str, view: Json, *, hash: str | None) -> Json:  # noqa: A002 - Slack's name
        old = self._homes.get(user)
        check_hash(old, hash)
        made = self._made(user, view, stack=[], instead_of=old)
        if old:
            made.wire |= {"id": old.id, "root_view_id": old.id}
        self._homes[user] = made
        self._bell.ring()
        return made.wire

    def update(self, view: OpenView, new: Json, *, hash: str | None = None) -> Json:  # noqa: A002 - Slack's name
        check_hash(view, hash)
        check_size(new)
        self._check_external_id(new, but=view)
        kept = {key: view.wire[key] for key in ("id", "root_view_id", "previous_view_id")}
        view.wire = shown(new, clock=self._clock) | kept
        places = {(e["block_id"], e["action_id"]) for e in elements(view.blocks)}
        view.typed = {
            block_id: {a: state for a, state in typed.items() if (block_id, a) in places}
            for block_id, typed in view.typed.items()
        }
        self._bell.ring()
        return view.wire

    def close(self, view: OpenView) -> None:
        stack = self._stacks.get(view.user, [])
        if view in stack:
            stack.remove(view)
        self._bell.ring()

    def clear(self, user: str) -> list[OpenView]:
        gone = self._stacks.pop(user, [])
        self._bell.ring()
        return gone

    def _made(
        self, user: str, view: Json, *, stack: list[OpenView], instead_of: OpenView | None = None
    ) -> OpenView:
        check_size(view)
        self._check_external_id(view, but=instead_of)
        view_id = new_id("V")
        root = stack[0].id if stack else view_id
        wire = shown(view, clock=self._clock) | {
            "id": view_id,
            "root_view_id": root,
            "previous_view_id": stack[-1].id if stack else None,
        }
        return OpenView(user, wire)

    def _check_external_id(self, view: Json, *, but: OpenView | None) -> None:
        external_id = view.get("external_id")
        others = (other for other in self._all() if other is not but)
        if external_id and any(other.wire["external_id"] == external_id for other in others):
            raise SlackError("duplicate_external_id")

    def _all(self) -> list[OpenView]:
        return [v for stack in self._stacks.values() for v in stack] + list(self._homes.values())


def shown(view: Json, *, clock: Clock) -> Json:
    return {
        "team_id": "T0USHER",
        "type": view["type"],
        "title": view.get("title"),
        "submit": view.get("submit"),
        "close": view.get("close"),
        "blocks": list(named_blocks(view["blocks"])),
        "private_metadata": view.get("private_metadata", ""),
        "callback_id": view.get("callback_id", ""),
        "external_id": view.get("external_id", ""),
        "clear_on_close": bool(view.get("clear_on_close")),
        "notify_on_close": bool(view.get("notify_on_close")),
        "submit_disabled": bool(view.get("submit_disabled")),
        "state": {"values": {}},
        "hash": f"{int(clock().timestamp())}.{secrets.token_hex(4)}",
        "app_id": "A0USHER",
        "app_installed_team_id": "T0USHER",
        "bot_id": "B0USHER",
    }


def check_hash(view: OpenView | None, hash_: str | None) -> None:
    if view is not None and hash_ and view.wire["hash"] != hash_:
        raise SlackError("hash_conflict")


def check_size(view: Json) -> None:
    if len(json.dumps(view)) > LARGEST:
        raise SlackError("view_too_large")


def state_values(blocks: list[Json], typed: Typed) -> Typed:
    """What Slack puts into `state.values`: every input with what was typed, chosen or preset."""
    values: Typed = {}
    for element in elements(blocks):
        if element["type"] in STATELESS:
            continue
        given = typed.get(element["block_id"], {}).get(element["action_id"])
        place = values.setdefault(element["block_id"], {})
        place[element["action_id"]] = given or {"type": element["type"], **preset(element)}
    return values


STATELESS = {"button", "overflow", "image", "icon_button", "feedback_buttons", "workflow_button"}
STATE_KEYS = {
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
}


def preset(element: Json) -> Json:
    key, initial = STATE_KEYS.get(element["type"], ("value", "initial_value"))
    empty: list[Json] | None = [] if key.endswith("s") else None
    return {key: element.get(initial, empty)}
