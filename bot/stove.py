"""What every verb is made with: the rooms, Slack, and what app.yaml says."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from bot.care.acts import Acts
from bot.care.anew import asking
from bot.care.asking_for import Requests
from bot.care.deliveries import Pace
from bot.care.duty import Duty
from bot.care.guidebook import Book
from bot.care.obligations import Obligations, handlers
from bot.care.policy_in_force import PolicyInForce
from bot.care.routing import Router
from bot.care.storms import Weather
from bot.compliance import Guard
from bot.model.person import Workspace
from bot.organisation import book_of, router_of
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
    def book(self) -> Book:
        return book_of(self.settings, lambda: self.in_force.policy)

    @cached_property
    def acts(self) -> Acts:
        obligations = Obligations(handlers(self.guard))
        version, news = (lambda: self.book.version), self.book.news
        shows = self.book.shows
        return Acts(
            self.rooms.db, self.in_force, version, obligations, news, shows, asking(self.people)
        )

    @cached_property
    def in_force(self) -> PolicyInForce:
        return PolicyInForce(self.rooms.policy)

    @cached_property
    def requests(self) -> Requests:
        told = self.settings.approvals
        return Requests(
            self.acts,
            self.guard,
            told.channel or "",
            timedelta(hours=told.remind_after_hours),
            timedelta(hours=told.expire_after_hours),
        )

    @cached_property
    def duty(self) -> Duty:
        return Duty(self.rooms.db, self.owner)
