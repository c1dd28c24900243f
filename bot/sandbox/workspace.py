"""The Slack workspace: its people and channels, and the parts that make it behave like Slack."""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypedDict

from bot.sandbox import seed
from bot.sandbox.accounts import Account
from bot.sandbox.app_manifest import offered
from bot.sandbox.bell import Bell
from bot.sandbox.deliveries import Deliveries
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.journal import Journal
from bot.sandbox.limits import Limits
from bot.sandbox.messages import Messages
from bot.sandbox.payloads import Payloads
from bot.sandbox.records import Clock, Json, SlackError
from bot.sandbox.residents import Residents
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.stamps import Stamps
from bot.sandbox.triggers import Triggers
from bot.sandbox.views import Views


class Rules(TypedDict, total=False):
    """What a Workspace can be told besides its clock."""

    manifest: Json | None
    events: Sequence[str]
    scopes: Sequence[str]
    commands: Sequence[Json]
    shortcuts: Sequence[Json]
    post_burst: int
    posts_per_minute: int
    tier_burst: float
    rate_limited: bool
    grid: bool
    event_retries: tuple[float, ...]
    seconds: Callable[[], float]


class Workspace(Residents):
    """`manifest` alone says what the app offers and is told; the four below it replace parts of it.

    Without it and without `commands` or `shortcuts` (rows of its form) any is known. `seconds`
    paces the rate limits and runs on when `clock` is held still. With `grid` it is one of several
    workspaces of an organisation (Enterprise Grid), and the app is installed in this one alone.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        manifest: Json | None = None,
        events: Sequence[str] | None = None,
        scopes: Sequence[str] | None = None,
        commands: Sequence[Json] | None = None,
        shortcuts: Sequence[Json] | None = None,
        post_burst: int = 3,
        posts_per_minute: int = 300,
        tier_burst: float = 1.0,
        rate_limited: bool = True,
        grid: bool = False,
        event_retries: tuple[float, ...] = (0, 60, 300),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock = clock
        self.offer = offered(
            manifest, events=events, scopes=scopes, commands=commands, shortcuts=shortcuts
        )
        super().__init__(dms_closed=self.offer.dms_closed, grid=grid)
        self.scopes = set(self.offer.scopes)
        self.bot_token = f"xoxb-{secrets.token_hex(12)}"
        self.app_token = f"xapp-1-{seed.APP}-{secrets.token_hex(12)}"
        self.signing_secret = secrets.token_hex(16)
        self.shut_out = ""
        self.home_enabled = self.offer.home_tab
        self.bell = Bell()
        self.journal = Journal(self.bell)
        self.faults = Faults()
        self.stamps = Stamps(clock)
        self.triggers = Triggers(clock)
        self.limits = Limits(
            seconds,
            post_burst=post_burst,
            posts_per_minute=posts_per_minute,
            tier_burst=tier_burst,
            enforced=rate_limited,
        )
        self.messages = Messages(self.stamps, self.bell)
        self.views = Views(clock, self.bell)
        self.files = Files()
        self.response_urls = ResponseUrls(clock, self.messages)
        self.payloads = Payloads(self.triggers.new, clock, self.enterprise)
        self.ticket_url: Callable[[], str] = no_ticket
        self._tell_the_app(event_retries)

    def _tell_the_app(self, event_retries: tuple[float, ...]) -> None:
        self.deliveries = Deliveries(
            self.journal, self.faults, clock=self.clock, event_retries=event_retries
        )
        self.events = Events(
            self.deliveries,
            people=self.people,
            channels=self.channels,
            subscribed=self.offer.events,
            scopes=self.scopes,
            stamps=self.stamps,
            clock=self.clock,
            enterprise=self.enterprise,
        )
        self.messages.watch(self.events.heard)

    def shuts_out(self, code: str) -> None:
        """From now on the bot's token is answered with this error, and the app told nothing."""
        self.shut_out = self.deliveries.shut_out = code

    def leaves(self, name: str) -> None:
        """Deactivates an account, as when somebody leaves the organisation."""
        person = self.person(name)
        for channel in self.channels.values():
            if person.id in channel.members and not channel.im:
                channel.members.remove(person.id)
        for group in self.groups.values():
            group.users = [user for user in group.users if user != person.id]
        self.changed(replace(person, deleted=True))

    def changed(self, person: Account, *, also: str | None = None) -> None:
        """Somebody is somebody else now; `also` is an event that tells it besides user_change."""
        self.people[person.id] = person
        for name in ("user_change", also):
            if name:
                stamp = int(self.clock().timestamp())
                self.events.tell({"type": name, "user": person.wire(), "cache_ts": stamp})
        self.bell.ring()


def no_ticket() -> str:
    raise SlackError("socket_mode_not_enabled")
