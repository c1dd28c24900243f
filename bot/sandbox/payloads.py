"""What Slack sends an app, word for word in the shapes that real Bolt apps were tried with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.accounts import Account
from bot.sandbox.records import Channel, Clock, Json, Message
from bot.sandbox.seed import APP, BOT_USER, ENTERPRISE_NAME, TEAM, TEAM_DOMAIN
from bot.sandbox.stamps import new_id
from bot.sandbox.views import OpenView, Typed, state_values


@dataclass(frozen=True, slots=True)
class Payloads:
    """`enterprise` is the organisation's id on Enterprise Grid."""

    new_trigger: Callable[[str], str]
    clock: Clock
    enterprise: str | None = None

    def slash(
        self, who: Account, channel: Channel, *, command: str, text: str, response_url: str
    ) -> Json:
        grid = {"enterprise_id": self.enterprise, "enterprise_name": ENTERPRISE_NAME}
        return {
            "token": "deprecated",
            "team_id": TEAM,
            "team_domain": TEAM_DOMAIN,
            **(grid if self.enterprise else {}),
            "channel_id": channel.id,
            "channel_name": "directmessage" if channel.im else channel.name,
            "user_id": who.id,
            "user_name": who.name,
            "command": command,
            "text": text,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": self.new_trigger(who.id),
        }

    def message_click(
        self,
        who: Account,
        channel: Channel,
        message: Message,
        *,
        action: Json,
        typed: Typed | None,
        response_url: str,
    ) -> Json:
        given = {block_id: dict(states) for block_id, states in (typed or {}).items()}
        given.setdefault(action["block_id"], {})[action["action_id"]] = state_of(action)
        shown: Json = {} if message.ephemeral else {"message": message.wire()}
        return {
            **self._click(who, container_of(message), action),
            **shown,
            "channel": {"id": channel.id, "name": channel.name},
            "state": {"values": state_values(list(message.blocks), given)},
            "response_url": response_url,
        }

    def view_click(self, who: Account, view: OpenView, *, action: Json) -> Json:
        container = {"type": "view", "view_id": view.id}
        return {**self._click(who, container, action), "view": view.with_state()}

    def submission(
        self, view: OpenView, who: Account, *, response_urls: Sequence[Json] = ()
    ) -> Json:
        gesture = self._gesture("view_submission", who)
        return {**gesture, "view": view.with_state(), "response_urls": list(response_urls)}

    def closed(self, view: OpenView, who: Account, *, cleared: bool) -> Json:
        gesture = self._gesture("view_closed", who)
        del gesture["trigger_id"]
        return {**gesture, "view": view.with_state(), "is_cleared": cleared}

    def shortcut(self, who: Account, callback_id: str) -> Json:
        gesture = self._gesture("shortcut", who)
        return {**gesture, "callback_id": callback_id, "action_ts": self._now()}

    def message_shortcut(
        self,
        who: Account,
        channel: Channel,
        message: Message,
        *,
        callback_id: str,
        response_url: str,
    ) -> Json:
        return {
            **self._gesture("message_action", who),
            "callback_id": callback_id,
            "action_ts": self._now(),
            "channel": {"id": channel.id, "name": channel.name},
            "message": message.wire(),
            "message_ts": message.ts,
            "response_url": response_url,
        }

    def suggestion(
        self, who: Account, place: OpenView | tuple[Channel, Message], *, element: Json, typed: str
    ) -> Json:
        gesture = self._gesture("block_suggestion", who)
        del gesture["trigger_id"]
        asked = {
            **gesture,
            "action_id": element["action_id"],
            "block_id": element["block_id"],
            "value": typed,
        }
        if isinstance(place, OpenView):
            container = {"type": "view", "view_id": place.id}
            return asked | {"container": container, "view": place.with_state()}
        channel, message = place
        shown: Json = {} if message.ephemeral else {"message": message.wire()}
        room = {"id": channel.id, "name": channel.name}
        return asked | shown | {"container": container_of(message), "channel": room}

    def _click(self, who: Account, container: Json, action: Json) -> Json:
        return {
            **self._gesture("block_actions", who),
            "container": container,
            "actions": [{**action, "action_ts": self._now()}],
        }

    def _gesture(self, kind: str, who: Account) -> Json:
        user = {"id": who.id, "username": who.name, "name": who.name, "team_id": who.team_id}
        grid = {"id": self.enterprise, "name": ENTERPRISE_NAME}
        return {
            "type": kind,
            "team": {"id": TEAM, "domain": TEAM_DOMAIN},
            "user": user,
            "api_app_id": APP,
            "token": "deprecated",
            "trigger_id": self.new_trigger(who.id),
            "enterprise": grid if self.enterprise else None,
            "is_enterprise_install": False,
        }

    def _now(self) -> str:
        return f"{self.clock().timestamp():.6f}"


def container_of(message: Message) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral,
    }
    return container | ({"thread_ts": message.thread} if message.thread else {})


def state_of(action: Json) -> Json:
    kept = ("type", "value")
    return {k: v for k, v in action.items() if k in kept or k.startswith("selected_")}


def event(inner: Json, *, shared: bool, now: datetime, enterprise: str | None = None) -> Json:
    authorization = {
        "enterprise_id": enterprise,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "deprecated",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": enterprise,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(now.timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": shared,
        "event_context": "4-sandbox",
    }
