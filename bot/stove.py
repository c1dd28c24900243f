"""What every verb is made with: the rooms, Slack, and what app.yaml says."""

from dataclasses import dataclass
from functools import cached_property

from bot.care.acts import Acts
from bot.care.ambassadors import Guidebook, read_guidebook
from bot.care.deliveries import Pace
from bot.care.duty import Duty
from bot.care.routing import Router
from bot.care.storms import Weather
from bot.compliance import Guard
from bot.model.person import Workspace
from bot.organisation import router_of
from bot.rooms import Rooms
from bot.settings import Settings
from bot.slack.channel import SlackChannel
from bot.slack.home_tab import HomeTab
from bot.slack.people import People
from bot.slack.setup import Setup
from bot.slack.slashes import Slashes


@dataclass(frozen=True)
class Stove:
    """`owner` names this process among the replicas; `workspace` is where cards stand."""

    settings: Settings
    rooms: Rooms
    slack: SlackChannel
    slashes: Slashes
    workspace: Workspace
    people: People
    tab: HomeTab
    setup: Setup
    owner: str
    pace: Pace
    weather: Weather

    @cached_property
    def guard(self) -> Guard:
        return self.rooms.guard

    @cached_property
    def router(self) -> Router:
        return router_of(self.settings)

    @cached_property
    def book(self) -> Guidebook:
        return read_guidebook(self.settings.charter.guidebook)

    @cached_property
    def acts(self) -> Acts:
        return Acts(self.rooms.db, self.rooms.policy, lambda: self.book.version)

    @cached_property
    def duty(self) -> Duty:
        return Duty(self.rooms.db, self.owner)
