"""The Slack workspace: its people and channels, and the parts that make it behave like Slack."""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypedDict

from bot.sandbox import seed
from bot.sandbox.bell import Bell
from bot.sandbox.deliveries import Deliveries
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal
from bot.sandbox.limits import Limits
from bot.sandbox.messages import Messages
from bot.sandbox.payloads import Payloads
from bot.sandbox.records import Account, Channel, Clock, Json, SlackError
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.stamps import Stamps
from bot.sandbox.triggers import Triggers
from bot.sandbox.views import Views

EVENTS = ("app_mention", "app_home_opened")
SCOPES = (
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "im:write",
    "usergroups:read",
    "users:read",
)


class Rules(TypedDict, total=False):
    """What a Workspace can be told besides its clock."""

    events: Sequence[str]
    scopes: Sequence[str]
    commands: Sequence[Json]
    shortcuts: Sequence[Json]
    post_burst: int
    tier_burst: float
    rate_limited: bool
    event_retries: tuple[float, ...]
    seconds: Callable[[], float]


class Workspace:
    """`commands` and `shortcuts` are dicts of the manifest's form; without commands any is known.

    `seconds` paces the rate limits and runs on when `clock` is held still.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        events: Sequence[str] = EVENTS,
        scopes: Sequence[str] = SCOPES,
        commands: Sequence[Json] = (),
        shortcuts: Sequence[Json] = (),
        post_burst: int = 3,
        tier_burst: float = 1.0,
        rate_limited: bool = True,
        event_retries: tuple[float, ...] = (0, 60, 300),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock = clock
        self.scopes = set(scopes)
        self.commands = list(commands)
        self.shortcuts = list(shortcuts)
        self.bot_token = f"xoxb-{secrets.token_hex(12)}"
        self.app_token = f"xapp-1-{seed.APP}-{secrets.token_hex(12)}"
        self.signing_secret = secrets.token_hex(16)
        self.home_enabled = True
        self.people = seed.people()
        self.groups = seed.groups()
        self.channels = seed.channels()
        self.bell = Bell()
        self.journal = Journal()
        self.faults = Faults()
        self.stamps = Stamps(clock)
        self.triggers = Triggers(clock)
        self.limits = Limits(
            seconds, post_burst=post_burst, tier_burst=tier_burst, enforced=rate_limited
        )
        self.messages = Messages(self.stamps, self.bell)
        self.views = Views(clock, self.bell)
        self.response_urls = ResponseUrls(clock, self.messages)
        self.deliveries = Deliveries(self.journal, self.faults, event_retries=event_retries)
        self.events = Events(
            self.deliveries, people=self.people, channels=self.channels, subscribed=events
        )
        self.messages.watch(self.events.heard)
        self.payloads = Payloads(self.triggers.new)
        self.ticket_url: Callable[[], str] = no_ticket

    def person(self, name: str) -> Account:
        """By handle or id; KeyError says who lives here."""
        for person in self.people.values():
            if name in (person.name, person.id):
                return person
        raise KeyError(f"{name}: known are {', '.join(p.name for p in self.people.values())}")

    def channel(self, name: str) -> Channel:
        """By "#name", "name" or id."""
        for channel in self.channels.values():
            if name in (channel.id, channel.name, f"#{channel.name}"):
                return channel
        raise KeyError(f"{name}: known are {', '.join(c.name for c in self.channels.values())}")

    def dm(self, *users: str) -> Channel:
        """The conversation of the bot with these people, made where there is none yet."""
        names = [self.people[user].name for user in users]
        single = len(names) == 1
        channel_id = ("D0" if single else "G0") + "".join(names).upper()
        return self.channels.setdefault(
            channel_id,
            Channel(
                channel_id,
                channel_id if single else f"mpdm-{'--'.join(names)}-1",
                [seed.BOT_USER, *users],
                im=single,
                mpim=not single,
            ),
        )

    def leaves(self, name: str) -> None:
        """Deactivates an account, as when somebody leaves the organisation."""
        person = self.person(name)
        self.people[person.id] = replace(person, deleted=True)
        for channel in self.channels.values():
            if person.id in channel.members:
                channel.members.remove(person.id)
        for group in self.groups.values():
            group.users = [user for user in group.users if user != person.id]
        self.events.tell({"type": "user_change", "user": self.people[person.id].wire()})
        self.bell.ring()


def no_ticket() -> str:
    raise SlackError("socket_mode_not_enabled")
