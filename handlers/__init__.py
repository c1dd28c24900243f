"""The door employees come through: `register` hangs every command, button, form and event on it."""

import re

from slack_bolt.async_app import AsyncApp

from bot.care import Care
from bot.model.handoff import HandoffKind
from bot.slack.blocks import LINK_ACTION
from bot.slack.channel import SlackChannel
from bot.slack.people import People
from bot.slack.slashes import slashes
from handlers.buttons import BUTTONS
from handlers.commands import COMMANDS
from handlers.door import PATIENCE, Door
from handlers.events import EVENTS
from handlers.listeners import Listeners
from handlers.modals import MODALS
from handlers.outside import Outside

__all__ = ["BUTTONS", "COMMANDS", "EVENTS", "MODALS", "Door", "register"]


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
    listeners = Listeners(door, prefix=prefix)
    for command in COMMANDS:
        app.command(f"/{prefix}{command.name}")(listeners.command(command))
    for button in BUTTONS:
        app.action(button.action_id)(listeners.button(button))
    app.action(re.compile(rf"{LINK_ACTION}\.\w+"))(listeners.link())
    for modal in MODALS:
        app.view(modal.name)(listeners.modal(modal))
    for event in EVENTS:
        app.event(event.name)(listeners.event(event))
    return door
