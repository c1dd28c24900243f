"""The verbs, given the rooms they work in: the one place where `Care` is put together."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from functools import cached_property

from bot.care import Care
from bot.care.absence import Absence
from bot.care.adding import Adding
from bot.care.ambassadors import Ambassadors
from bot.care.blanking import Blanking
from bot.care.cases import Cases
from bot.care.channels import Channels
from bot.care.couriers import Couriers
from bot.care.customers import Customers
from bot.care.deliveries import Courier, Deliveries
from bot.care.digests import Digests, template_room
from bot.care.evidence import Evidence
from bot.care.figures import Figures
from bot.care.handoffs import Handoffs
from bot.care.homes import Homes
from bot.care.inbox import Inbox
from bot.care.listening import Listening
from bot.care.listing import Listing
from bot.care.mentions import Mentions
from bot.care.orphans import Orphans
from bot.care.overdue import Overdue
from bot.care.replies import Replies
from bot.care.reply_courier import ReplyCourier
from bot.care.rereading import Rereading
from bot.care.roles import Roles
from bot.care.setting_up import SettingUp
from bot.care.slips import Slips
from bot.care.status import Status
from bot.care.storm_cards import StormCards
from bot.care.storms import Storms
from bot.care.threshold import Threshold
from bot.care.troubles import Troubles
from bot.care.undo import Undoing
from bot.care.wishes import WishesVerbs
from bot.model.delivery import DeliveryKind
from bot.organisation import channels_of, counters_of, disclosure_of
from bot.panel import Panel


class Kitchen(Panel):
    """Every field of `Care` is a property here, by the same name."""

    def care(self) -> Care:
        made = Care(**{each.name: getattr(self, each.name) for each in fields(Care)})
        self.rooms.db.on_wish(made.deliveries.nudge)
        self.slack.names.told_by(made.channels.room)
        return made

    @cached_property
    def threshold(self) -> Threshold:
        return Threshold(self.acts, self.guard)

    @cached_property
    def cases(self) -> Cases:
        return Cases(self.acts, self.guard, self.router, self.rooms.outside.networks)

    @cached_property
    def listing(self) -> Listing:
        return Listing(self.acts)

    @cached_property
    def undoing(self) -> Undoing:
        return Undoing(self.acts)

    @cached_property
    def customers(self) -> Customers:
        return Customers(
            self.acts,
            self.guard,
            self.rooms.outside.networks,
            self.rooms.outside.directories.get(self.settings.lookup.directory),
            disclosure_of(self.settings),
        )

    @cached_property
    def handoffs(self) -> Handoffs:
        return Handoffs(self.acts, self.guard, counters_of(self.settings))

    @cached_property
    def replies(self) -> Replies:
        return Replies(self.acts, self.answering, self.requests)

    @cached_property
    def reply_courier(self) -> ReplyCourier:
        return ReplyCourier(
            self.acts,
            self.guard,
            self.answering,
            self.approvals,
            self.people,
            self.workspace,
            self.rooms.outside.archives,
            self.endings,
            self.pace.first_wait,
        )

    @cached_property
    def ambassadors(self) -> Ambassadors:
        return Ambassadors(self.acts, self.cases, self.book)

    @cached_property
    def rereading(self) -> Rereading:
        return Rereading(self.acts, self.guard, self.book)

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
    def deliveries(self) -> Deliveries:
        return Deliveries(self.rooms.db, self.carriers, self.owner, self.pace)

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
    def wishes(self) -> WishesVerbs:
        return WishesVerbs(self.acts)

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
            self.people,
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
    def evidence(self) -> Evidence:
        return Evidence(self.acts)

    @cached_property
    def roles(self) -> Roles:
        return Roles(self.rooms.db, self.people, self.workspace)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.rooms.db)

    @cached_property
    def slips(self) -> Slips:
        return Slips(self.acts)

    @cached_property
    def adding(self) -> Adding:
        return Adding(self.acts, self.guard)

    @cached_property
    def blanking(self) -> Blanking:
        return Blanking(self.acts)
