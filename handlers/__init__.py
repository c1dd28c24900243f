"""The door employees come through: `register` hangs every command, button, form and event on it."""

import re

from slack_bolt.async_app import AsyncApp

from bot.care import Care
from bot.model.handoff import HandoffKind
from bot.slack.blocks import LINK_ACTION
from bot.slack.channel import SlackChannel
from bot.slack.people import People
from bot.slack.slashes import slashes
from handlers.arrivals import Arrivals
from handlers.buttons import BUTTONS
from handlers.commands import COMMANDS
from handlers.door import PATIENCE, Door
from handlers.events import EVENTS, NOTICES
from handlers.listeners import Listeners
from handlers.modals import MODALS
from handlers.outside import Outside
from handlers.shortcuts import SHORTCUTS

__all__ = [
    "BUTTONS",
    "COMMANDS",
    "EVENTS",
    "EVENT_NAMES",
    "MODALS",
    "NOTICES",
    "SHORTCUTS",
    "Door",
    "register",
]

EVENT_NAMES = (*(event.name for event in EVENTS), *(notice.name for notice in NOTICES))
"""All the manifest subscribes to."""


def register(
    app: AsyncApp,
    care: Care,
    *,
    people: People,
    channel: SlackChannel,
    prefix: str = "",
    kinds: tuple[str, ...] = tuple(HandoffKind),
    patience: float = PATIENCE,
) -> Door:
    """`kinds` are those of app.yaml's handoffs. The door is returned so that it can be drained."""
    spelling = slashes(prefix, (command.name for command in COMMANDS))
    outside = Outside(care, channel, app.client, kinds, spelling)
    door = Door(outside, people=people, patience=patience)
    care.inbox.acted_upon_by(_listen(app, door, prefix).act)
    return door


def _listen(app: AsyncApp, door: Door, prefix: str) -> Arrivals:
    """A listener for each part of each list; what has none is answered by Bolt's error handler."""
    listeners = Listeners(door, prefix=prefix)
    arrivals = Arrivals(door, prefix=prefix, events=EVENTS, notices=NOTICES)
    for command in COMMANDS:
        app.command(f"/{prefix}{command.name}")(listeners.command(command))
    for button in BUTTONS:
        # The same button twice in one message has a suffix: Slack wants every id once.
        same = re.compile(rf"^{re.escape(button.action_id)}(\.\w+)*$")
        app.action(same)(listeners.button(button))
    app.action(re.compile(rf"{LINK_ACTION}\.\w+"))(listeners.link())
    for modal in MODALS:
        app.view(modal.name)(listeners.modal(modal))
    for shortcut in SHORTCUTS:
        app.shortcut(shortcut.callback_id)(listeners.shortcut(shortcut))
    for event in EVENTS:
        app.event(event.name)(arrivals.event(event))
    for notice in NOTICES:
        app.event(notice.name)(arrivals.notice(notice))
    return arrivals
