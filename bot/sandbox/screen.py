"""One person's Slack screen as JSON, with the X timeline beside it."""

from bot.sandbox.accounts import Account
from bot.sandbox.records import Channel, Json, Message
from bot.sandbox.views import OpenView
from bot.sandbox.workspace import Workspace
from bot.sandbox.x_api import XNetwork


class Screen:
    def __init__(self, workspace: Workspace, x: XNetwork) -> None:
        self._workspace = workspace
        self._x = x

    def of(self, who: Account) -> Json:
        workspace = self._workspace
        workspace.presence.must_be_here(who)
        if not who.stranger:
            workspace.dm(who.id)
        mine = workspace.presence.rooms(who)
        view, home = workspace.views.top(who.id), workspace.views.home(who.id)
        return {
            "me": shown(who),
            "people": [shown(p) for p in self._people()],
            "channels": [self._channel(c) for c in mine if not c.archived],
            "messages": {c.id: self._messages(who, c) for c in mine},
            "view": view_of(view),
            "home": view_of(home),
            "commands": [
                {key: command.get(key, "") for key in ("command", "description", "usage_hint")}
                for command in workspace.offer.commands or ()
            ],
            "shortcuts": workspace.offer.shortcuts or (),
            "posts": self._posts(),
            "connected": workspace.deliveries.connected,
        }

    def _people(self) -> list[Account]:
        everybody = self._workspace.people.values()
        return [p for p in everybody if not p.bot and self._workspace.presence.here(p)]

    def _channel(self, channel: Channel) -> Json:
        """`closed`: it takes no words, so that there is no message box."""
        closed = channel.im and self._workspace.offer.dms_closed
        return {
            "id": channel.id,
            "name": "usher" if channel.im else channel.name,
            "unread": 0,
            "is_dm": channel.im or channel.mpim,
            "shared": channel.shared,
            "closed": closed,
        }

    def _messages(self, who: Account, channel: Channel) -> list[Json]:
        return [self._message(m) for m in self._workspace.messages.seen_by(who.id, channel.id)]

    def _message(self, message: Message) -> Json:
        author = self._workspace.people.get(message.user)
        return {
            "ts": message.ts,
            "user": message.user,
            "user_name": message.sender or (author.name if author else "Slackbot"),
            "bot": message.bot or bool(message.sender),
            "text": message.text,
            "blocks": list(message.blocks),
            "attachments": list(message.attachments),
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


def shown(person: Account) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "guest": person.guest,
        "stranger": person.stranger,
        "status": f"{person.status.emoji} {person.status.text}".strip(),
    }


def view_of(view: OpenView | None) -> Json | None:
    return view.with_state() if view else None
