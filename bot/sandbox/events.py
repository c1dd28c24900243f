"""What happens in the workspace, told to the app as far as it subscribes to it and may know it."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from bot.sandbox import payloads
from bot.sandbox.accounts import Account
from bot.sandbox.deliveries import Deliveries
from bot.sandbox.records import Channel, Clock, Json, Message
from bot.sandbox.seed import BOT_USER
from bot.sandbox.stamps import Stamps

NEEDED = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_left": "channels:read",
    "channel_rename": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_shared": "channels:read",
    "channel_unshared": "channels:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "user_change": "users:read",
    "user_status_changed": "users:read",
    "dnd_updated_user": "dnd:read",
    "subteam_updated": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
}
"""The scope without which Slack does not tell the event; of a private channel its groups: twin."""


class Events:
    def __init__(
        self,
        deliveries: Deliveries,
        *,
        people: Mapping[str, Account],
        channels: Mapping[str, Channel],
        subscribed: AbstractSet[str],
        scopes: AbstractSet[str],
        stamps: Stamps,
        clock: Clock,
        enterprise: str | None = None,
    ) -> None:
        self._deliveries = deliveries
        self._people = people
        self._channels = channels
        self._scopes = scopes
        self._stamps = stamps
        self._clock = clock
        self._enterprise = enterprise
        self.subscribed = subscribed

    def tell(self, inner: Json, *, as_: str | None = None, channel: Channel | None = None) -> None:
        """`as_` is the name in the manifest where it differs from the event's type."""
        name = as_ or str(inner["type"])
        if name not in self.subscribed or not self._may_know(name, channel):
            return
        shared = channel is not None and channel.shared
        told = {"event_ts": self._stamps.ts(), **inner}
        now, enterprise = self._clock(), self._enterprise
        self._deliveries.event(payloads.event(told, shared=shared, now=now, enterprise=enterprise))

    def heard(self, what: str, message: Message, before: Message | None) -> None:
        channel = self._channels[message.channel]
        if BOT_USER not in channel.members:
            return
        said = f"<@{BOT_USER}>" in message.text and not message.bot and not channel.im
        if what == "posted" and said and not message.sender:
            self.tell({**self._spoken(message), "type": "app_mention"}, channel=channel)
        kind = channel.kind
        name = "message." + {"channel": "channels", "group": "groups"}.get(kind, kind)
        if what == "posted":
            shape = self._spoken(message)
        else:
            shape = altered(what, message, before, ts=self._stamps.ts())
        self.tell({**shape, "channel_type": kind}, as_=name, channel=channel)

    def home_opened(self, user: str, dm: str, *, tab: str, view: Json | None) -> None:
        inner: Json = {"type": "app_home_opened", "user": user, "channel": dm, "tab": tab}
        self.tell({**inner, "view": view} if view else inner)

    def _spoken(self, message: Message) -> Json:
        author = self._people.get(message.user)
        team = author.team_id if author else "T0USHER"
        place = {"channel": message.channel, "event_ts": message.ts, "team": team}
        return {**message.wire(), **place, **({"user_team": team} if team != "T0USHER" else {})}

    def _may_know(self, name: str, channel: Channel | None) -> bool:
        needed = NEEDED.get(name)
        private = channel is not None and channel.kind == "group"
        if channel is not None and private and BOT_USER not in channel.members:
            return False
        if needed and private:
            needed = needed.replace("channels:", "groups:")
        return needed is None or needed in self._scopes


def altered(what: str, message: Message, before: Message | None, *, ts: str) -> Json:
    """`ts` is the event's own; the message keeps its (docs: message_changed, message_deleted)."""
    shape: Json = {
        "type": "message",
        "subtype": f"message_{what}",
        "hidden": True,
        "channel": message.channel,
        "ts": ts,
        "event_ts": ts,
    }
    if before:
        shape["previous_message"] = before.wire()
    if what == "deleted":
        return shape | {"deleted_ts": message.ts}
    return shape | {"message": message.wire()}
