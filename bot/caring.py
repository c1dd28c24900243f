"""What a person does for a customer, put together: one property for each noun of a case."""

from functools import cached_property

from bot.care.adding import Adding
from bot.care.ambassadors import Ambassadors
from bot.care.blanking import Blanking
from bot.care.cases import Cases
from bot.care.complaint_clock import ComplaintClock
from bot.care.complaint_register import ComplaintRegister
from bot.care.complaints import Complaints
from bot.care.customers import Customers
from bot.care.evidence import Evidence
from bot.care.handoffs import Handoffs
from bot.care.kept_answers import KeptAnswers
from bot.care.kept_uses import KeptUses
from bot.care.listing import Listing
from bot.care.opening import Opening
from bot.care.parting import Parting
from bot.care.privacy import Privacy
from bot.care.replies import Replies
from bot.care.reply_courier import ReplyCourier
from bot.care.reply_waited import Waited
from bot.care.rereading import Rereading
from bot.care.reveals import Reveals
from bot.care.slips import Slips
from bot.care.threshold import Threshold
from bot.care.undo import Undoing
from bot.care.wishes import WishesVerbs
from bot.organisation import counters_of, disclosure_of, promise_of
from bot.panel import Panel


class Caring(Panel):
    @cached_property
    def threshold(self) -> Threshold:
        return Threshold(self.acts, self.guard)

    @cached_property
    def cases(self) -> Cases:
        return Cases(self.acts, self.guard, self.answering.sends)

    @cached_property
    def opening(self) -> Opening:
        return Opening(self.cases, self.router, self.rooms.outside.networks)

    @cached_property
    def listing(self) -> Listing:
        return Listing(self.acts)

    @cached_property
    def undoing(self) -> Undoing:
        return Undoing(self.acts, self.guard)

    @cached_property
    def parting(self) -> Parting:
        return Parting(self.acts, self.guard)

    @cached_property
    def complaints(self) -> Complaints:
        lines = self.settings.complaints.lines
        return Complaints(self.acts, self.guard, self.cases, lines)

    @cached_property
    def complaint_register(self) -> ComplaintRegister:
        return ComplaintRegister(self.acts, promise_of(self.settings), self.settings.timezone)

    @cached_property
    def complaint_clock(self) -> ComplaintClock:
        return ComplaintClock(self.acts, self.guard, self.duty, promise_of(self.settings))

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
    def kept_answers(self) -> KeptAnswers:
        return KeptAnswers(self.acts, self.guard, self.answering, self.router.names)

    @cached_property
    def kept_uses(self) -> KeptUses:
        return KeptUses(self.acts, self.replies, self.reusing)

    @cached_property
    def reply_courier(self) -> ReplyCourier:
        return ReplyCourier(
            self.acts,
            self.guard,
            self.answering,
            self.approvals,
            self.people,
            self.workspace,
            self.keeping,
            self.endings,
            Waited(self.requests, self.endings),
            self.pace.first_wait,
        )

    @cached_property
    def ambassadors(self) -> Ambassadors:
        return Ambassadors(self.acts, self.cases, self.book)

    @cached_property
    def rereading(self) -> Rereading:
        return Rereading(self.acts, self.guard, self.book)

    @cached_property
    def reveals(self) -> Reveals:
        return Reveals(self.acts, self.guard, self.slack)

    @cached_property
    def privacy(self) -> Privacy:
        return Privacy(self.acts.db, self.guard, self.duty, self.settings.timezone)

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(self.acts, self.settings.timezone)

    @cached_property
    def slips(self) -> Slips:
        return Slips(self.acts)

    @cached_property
    def adding(self) -> Adding:
        return Adding(self.acts, self.guard)

    @cached_property
    def blanking(self) -> Blanking:
        return Blanking(self.acts)

    @cached_property
    def wishes(self) -> WishesVerbs:
        return WishesVerbs(self.acts)
