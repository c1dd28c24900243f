"""The verbs, given the rooms they work in: the one place where `Care` is put together."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from functools import cached_property

from bot.care import Care
from bot.care.absence import Absence
from bot.care.changed import Changed
from bot.care.channels import Channels
from bot.care.couriers import Couriers
from bot.care.deliveries import Courier, Deliveries
from bot.care.digests import Digests, template_room
from bot.care.figures import Figures
from bot.care.homes import Homes
from bot.care.inbox import Inbox
from bot.care.listening import Listening
from bot.care.mentions import Mentions
from bot.care.orphans import Orphans
from bot.care.overdue import Overdue
from bot.care.roles import Roles
from bot.care.setting_up import SettingUp
from bot.care.status import Status
from bot.care.storm_cards import StormCards
from bot.care.storms import Storms
from bot.care.troubles import Troubles
from bot.caring import Caring
from bot.model.delivery import DeliveryKind
from bot.organisation import channels_of


class Kitchen(Caring):
    """Every field of `Care` is a property here, by the same name."""

    def care(self) -> Care:
        made = Care(**{each.name: getattr(self, each.name) for each in fields(Care)})
        self.rooms.db.on_wish(made.deliveries.nudge)
        self.slack.names.told_by(made.channels.room)
        return made

    @cached_property
    def digests(self) -> Digests:
        return Digests(
            self.acts,
            self.guard,
            self.duty,
            organisation=self.settings.organisation,
            zone=self.settings.timezone,
            channel=self.settings.digest.channel,
            stuck_after=timedelta(hours=self.settings.digest.stuck_after_hours),
            templates=template_room(),
        )

    @cached_property
    def storms(self) -> Storms:
        return Storms(self.acts, self.cases, self.workspace, self.weather)

    @cached_property
    def mentions(self) -> Mentions:
        return Mentions(self.acts, self.guard, self.router, self.workspace, self.storms)

    @cached_property
    def listening(self) -> Listening:
        return Listening(self.mentions, self.rooms.outside.networks, self.duty)

    @cached_property
    def orphans(self) -> Orphans:
        return Orphans(self.rooms.db, self.guard, self.slack, self.slashes)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.rooms.db)

    @cached_property
    def changed(self) -> Changed:
        return Changed(self.rooms.db, self.people, self.workspace)

    @cached_property
    def deliveries(self) -> Deliveries:
        noticed = self.channels.noticed
        return Deliveries(self.rooms.db, self.carriers, self.owner, self.pace, noticed)

    @cached_property
    def carriers(self) -> Mapping[DeliveryKind, Courier]:
        db, guard, slack, router = self.rooms.db, self.guard, self.slack, self.router
        couriers = Couriers(
            db,
            guard,
            slack,
            self.rooms.outside.desks,
            router,
            self.slashes,
            StormCards(db, guard, slack, router, self.weather),
            self.orphans,
            self.telling,
        )
        more = {
            DeliveryKind.EVENT: self.inbox.carry,
            DeliveryKind.HOME: self.homes.draw,
            DeliveryKind.APPROVAL: self.approval_cards.draw,
            DeliveryKind.REPLY: self.reply_courier.carry,
            DeliveryKind.REVEAL: self.reveals.close,
            DeliveryKind.EXPORT: self.exports.carry,
        }
        return {**couriers.by_kind(), **more}

    @cached_property
    def status(self) -> Status:
        return Status(self.acts, self.listening, self.troubles)

    @cached_property
    def homes(self) -> Homes:
        return Homes(
            self.acts,
            self.guard,
            self.people,
            self.tab,
            self.status,
            self.slashes,
            self.workspace,
        )

    @cached_property
    def overdue(self) -> Overdue:
        return Overdue(self.rooms.db, self.duty)

    @cached_property
    def troubles(self) -> Troubles:
        return Troubles()

    @cached_property
    def channels(self) -> Channels:
        return Channels(
            self.rooms.db,
            self.guard,
            self.slack.names,
            self.duty,
            self.workspace,
            channels_of(self.settings),
        )

    @cached_property
    def absence(self) -> Absence:
        return Absence(
            self.acts,
            self.guard,
            self.people,
            self.duty,
            self.workspace,
            frozenset(self.settings.absence.emojis),
            self.settings.timezone,
        )

    @cached_property
    def setting_up(self) -> SettingUp:
        return SettingUp(self.acts, self.setup.look, self.troubles)

    @cached_property
    def roles(self) -> Roles:
        return Roles(self.rooms.db, self.people, self.workspace)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.rooms.db)
