"""What people do to the workspace itself, each told to the app in the event that Slack has for it.

Shapes by docs.slack.dev/reference/events, where no test against Slack itself could be made.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.sandbox.accounts import Account, Guest, Status
from bot.sandbox.records import Channel, Json, Message
from bot.sandbox.seed import BOT_USER, TEAM
from bot.sandbox.workspace import Workspace


class Happenings:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def rename(self, channel: Channel, name: str) -> None:
        channel.name = name
        shown = {"id": channel.id, "name": name, "name_normalized": name, "created": 1}
        self._of(channel, "rename", {"channel": shown})

    def archive(self, channel: Channel, by: Account) -> None:
        channel.archived = True
        self._of(channel, "archive", {"channel": channel.id, "user": by.id, "is_moved": 0})

    def unarchive(self, channel: Channel, by: Account) -> None:
        channel.archived = False
        self._of(channel, "unarchive", {"channel": channel.id, "user": by.id})

    def share(self, channel: Channel, guests: Sequence[Account]) -> None:
        """With the organisations of these people, who come in."""
        for team in dict.fromkeys(guest.team_id for guest in guests):
            channel.teams.append(team)
            shape = {"type": "channel_shared", "connected_team_id": team, "channel": channel.id}
            self._tell(shape, channel)
        for guest in guests:
            self.join(guest, channel)

    def unshare(self, channel: Channel) -> None:
        people = self._workspace.people
        for stranger in [m for m in channel.members if people[m].stranger]:
            self.leave(people[stranger], channel)
        for team in list(channel.teams):
            channel.teams.remove(team)
            left = {"previously_connected_team_id": team, "is_ext_shared": channel.shared}
            shape = {"type": "channel_unshared", "channel": channel.id, **left}
            self._tell(shape, channel)

    def join(self, who: Account, channel: Channel, *, invited_by: Account | None = None) -> None:
        """Told where Usher sits, which hears of its own coming too."""
        if who.id in channel.members:
            return
        channel.members.append(who.id)
        if BOT_USER in channel.members:
            inviter = {"inviter": invited_by.id} if invited_by else {}
            self._tell(movement("member_joined_channel", who, channel) | inviter, channel)

    def leave(self, who: Account, channel: Channel) -> None:
        """Of its own going Usher hears in another event than of everybody else's."""
        heard = BOT_USER in channel.members
        channel.members.remove(who.id)
        if who.id == BOT_USER:
            kind = "group_left" if channel.kind == "group" else "channel_left"
            self._tell({"type": kind, "channel": channel.id})
        elif heard:
            self._tell(movement("member_left_channel", who, channel), channel)

    def set_status(self, who: Account, status: Status) -> None:
        self._workspace.changed(replace(who, status=status), also="user_status_changed")

    def snooze(self, who: Account, until: datetime | None) -> None:
        snoozed = replace(who, snoozed_until=until)
        self._workspace.people[who.id] = snoozed
        shape = {"user": who.id, "dnd_status": snoozed.dnd(self._workspace.clock())}
        self._tell({"type": "dnd_updated_user", **shape})

    def make_guest(self, who: Account, guest: Guest | None) -> None:
        self._workspace.changed(replace(who, guest=guest))

    def change_group(self, name: str, users: Sequence[Account]) -> None:
        group = self._workspace.group(name)
        before, after = group.users, [user.id for user in users]
        group.users = after
        self._tell({"type": "subteam_updated", "subteam": group.wire(users=True, count=True)})
        added, removed = (
            [u for u in after if u not in before],
            [u for u in before if u not in after],
        )
        came = {"added_users": added, "added_users_count": len(added)}
        went = {"removed_users": removed, "removed_users_count": len(removed)}
        now = int(self._workspace.clock().timestamp())
        of = {"subteam_id": group.id, "team_id": TEAM, "date_previous_update": 1}
        changed = {"type": "subteam_members_changed", **of, "date_update": now, **came, **went}
        self._tell(changed)

    def uninstall(self) -> None:
        """Order and codes from memory of Slack: both events come, and the token is of no use."""
        self._revoked()
        self._tell({"type": "app_uninstalled"})
        self._workspace.shuts_out("account_inactive")

    def revoke(self) -> None:
        """As somebody does in the app's settings, or the app with auth.revoke."""
        self._revoked()
        self._workspace.shuts_out("token_revoked")

    def let_in(self) -> None:
        """As when a suspended workspace is in use again: the token is the old one."""
        self._workspace.shuts_out("")

    def disable_group(self, name: str) -> None:
        """It keeps its id and its people; nobody can be called by it (docs: usergroups.disable)."""
        group = self._workspace.group(name)
        group.disabled_at = int(self._workspace.clock().timestamp())
        self._tell({"type": "subteam_updated", "subteam": group.wire(users=True, count=True)})

    def enable_group(self, name: str) -> None:
        group = self._workspace.group(name)
        group.disabled_at = 0
        self._tell({"type": "subteam_updated", "subteam": group.wire(users=True, count=True)})

    def _revoked(self) -> None:
        self._tell({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}})

    def other_app_says(self, channel: Channel, text: str, *, name: str) -> Message:
        """By an incoming webhook, which needs no place in the channel."""
        return self._workspace.messages.post(channel.id, user="", text=text, sender=name)

    def _of(self, channel: Channel, what: str, shape: Json) -> None:
        prefix = "group" if channel.kind == "group" else "channel"
        self._tell({"type": f"{prefix}_{what}", **shape}, channel)

    def _tell(self, shape: Json, channel: Channel | None = None) -> None:
        self._workspace.events.tell(shape, channel=channel)
        self._workspace.bell.ring()


def movement(kind: str, who: Account, channel: Channel) -> Json:
    letter = "G" if channel.kind == "group" else "C"
    place = {"channel": channel.id, "channel_type": letter}
    return {"type": kind, "user": who.id, "team": who.team_id, **place}
