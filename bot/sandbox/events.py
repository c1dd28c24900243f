"""What happens in the workspace, told to the app as far as its manifest subscribes to it."""

from collections.abc import Sequence

from bot.sandbox import payloads
from bot.sandbox.deliveries import Deliveries
from bot.sandbox.records import Account, Channel, Json, Message
from bot.sandbox.seed import BOT_USER


class Events:
    def __init__(
        self,
        deliveries: Deliveries,
        *,
        people: dict[str, Account],
        channels: dict[str, Channel],
        subscribed: Sequence[str],
    ) -> None:
        self._deliveries = deliveries
        self._people = people
        self._channels = channels
        self.subscribed = set(subscribed)

    def tell(self, inner: Json, *, as_: str | None = None) -> None:
        """`as_` is the name in the manifest where it differs from the event's type."""
        if (as_ or inner["type"]) not in self.subscribed:
            return
        author = self._people.get(str(inner.get("user")))
        shared = author is not None and author.stranger
        if author and shared:
            inner = {**inner, "team": author.team_id, "user_team": author.team_id}
        self._deliveries.event(payloads.event(inner, shared=shared))

    def heard(self, what: str, message: Message, before: Message | None) -> None:
        channel = self._channels[message.channel]
        if BOT_USER not in channel.members:
            return
        said = f"<@{BOT_USER}>" in message.text and not message.bot and not channel.im
        if what == "posted" and said:
            self.tell({**spoken(message), "type": "app_mention"})
        kind = channel.kind
        name = "message." + {"channel": "channels", "group": "groups"}.get(kind, kind)
        shape = spoken(message) if what == "posted" else altered(what, message, before)
        self.tell({**shape, "channel_type": kind}, as_=name)

    def home_opened(self, user: str, dm: str, *, view: Json | None, ts: str) -> None:
        inner: Json = {"type": "app_home_opened", "user": user, "channel": dm, "tab": "home"}
        if view:
            inner["view"] = view
        self.tell({**inner, "event_ts": ts})


def spoken(message: Message) -> Json:
    team = {"channel": message.channel, "event_ts": message.ts, "team": "T0USHER"}
    return {**message.wire(), **team}


def altered(what: str, message: Message, before: Message | None) -> Json:
    shape: Json = {
        "type": "message",
        "subtype": f"message_{what}",
        "hidden": True,
        "channel": message.channel,
        "ts": message.ts,
        "event_ts": message.ts,
    }
    if before:
        shape["previous_message"] = before.wire()
    if what == "deleted":
        return shape | {"deleted_ts": message.ts}
    return shape | {"message": message.wire()}
