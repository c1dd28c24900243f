"""One person's Slack screen as JSON, with the X timeline beside it."""

from bot.sandbox.records import Account, Channel, Json, Message
from bot.sandbox.views import OpenView
from bot.sandbox.workspace import Workspace
from bot.sandbox.x_api import XNetwork


class Screen:
    def __init__(self, workspace: Workspace, x: XNetwork) -> None:
        self._workspace = workspace
        self._x = x

    def of(self, who: Account) -> Json:
        workspace = self._workspace
        workspace.dm(who.id)
        mine = [c for c in workspace.channels.values() if who.id in c.members]
        view, home = workspace.views.top(who.id), workspace.views.home(who.id)
        return {
            "me": shown(who),
            "people": [shown(p) for p in workspace.people.values() if may_sit_here(p)],
            "channels": [self._channel(c) for c in mine if not c.archived],
            "messages": {c.id: self._messages(who, c) for c in mine},
            "view": view_of(view),
            "home": view_of(home),
            "commands": [
                {key: command.get(key, "") for key in ("command", "description", "usage_hint")}
                for command in workspace.commands
            ],
            "shortcuts": workspace.shortcuts,
            "posts": self._posts(),
            "connected": workspace.deliveries.connected,
        }

    def _channel(self, channel: Channel) -> Json:
        name = channel.name
        if channel.im:
            name = "usher"
        return {"id": channel.id, "name": name, "unread": 0, "is_dm": channel.im or channel.mpim}

    def _messages(self, who: Account, channel: Channel) -> list[Json]:
        return [self._message(m) for m in self._workspace.messages.seen_by(who.id, channel.id)]

    def _message(self, message: Message) -> Json:
        author = self._workspace.people.get(message.user)
        return {
            "ts": message.ts,
            "user": message.user,
            "user_name": author.name if author else "Slackbot",
            "bot": message.bot,
            "text": message.text,
            "blocks": list(message.blocks),
            "thread_ts": message.thread_ts,
            "ephemeral": message.ephemeral,
            "edited": message.edited,
        }

    def _posts(self) -> list[Json]:
        return [
            {
                "id": post.id,
                "handle": post.handle,
                "name": post.name,
                "text": post.text,
                "created_at": post.created_at.isoformat(),
                "in_reply_to": post.in_reply_to,
            }
            for post in self._x.timeline()
        ]


def may_sit_here(person: Account) -> bool:
    return not (person.bot or person.stranger or person.deleted)


def shown(person: Account) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "guest": person.guest,
    }


def view_of(view: OpenView | None) -> Json | None:
    return view.with_state() if view else None
