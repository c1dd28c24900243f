"""What takes a second person, put together: the kinds of request, and how each is answered."""

from functools import cached_property

from bot.care.approval_cards import ApprovalCards
from bot.care.approvals import Approvals
from bot.care.export_requests import ExportRequests
from bot.care.exports import Exports
from bot.care.hold_requests import HoldRequests
from bot.care.holds import Holds
from bot.care.merge_requests import MergeRequests
from bot.care.merging import Merging
from bot.care.policies import Policies
from bot.care.policy_requests import PolicyRequests
from bot.care.reply_requests import ReplyRequests
from bot.care.requests import Handlers
from bot.care.settling import Settling
from bot.care.telling import Telling
from bot.care.yeses import RollCall
from bot.letterbox import Letterbox
from bot.model.request import RequestKind
from bot.rooms import policy_text_of


class Panel(Letterbox):
    @cached_property
    def request_handlers(self) -> Handlers:
        """One line for each kind there is."""
        return {
            RequestKind.POLICY: PolicyRequests(self.policies),
            RequestKind.HOLD: HoldRequests(self.acts, self.settings.timezone),
            RequestKind.MERGE: MergeRequests(self.merging),
            RequestKind.EXPORT: ExportRequests(self.exports),
            RequestKind.REPLY: ReplyRequests(self.acts, self.answering, self.trust),
        }

    @cached_property
    def approvals(self) -> Approvals:
        return Approvals(
            self.acts,
            self.requests,
            self.request_handlers,
            self.settling,
            RollCall(self.people, self.workspace),
        )

    @cached_property
    def settling(self) -> Settling:
        return Settling(self.rooms.db, self.duty, self.requests, self.request_handlers)

    @cached_property
    def approval_cards(self) -> ApprovalCards:
        return ApprovalCards(
            self.rooms.db, self.guard, self.slack, self.telling, self.request_handlers
        )

    @cached_property
    def telling(self) -> Telling:
        return Telling(self.rooms.db, self.people, self.workspace)

    @cached_property
    def exports(self) -> Exports:
        return Exports(self.acts, self.guard, self.requests, self.slack)

    @cached_property
    def holds(self) -> Holds:
        return Holds(self.acts, self.guard, self.requests, self.router.names)

    @cached_property
    def merging(self) -> Merging:
        return Merging(self.acts, self.guard, self.requests)

    @cached_property
    def policies(self) -> Policies:
        return Policies(
            self.acts,
            self.guard,
            self.requests,
            self.settings.policy.profile,
            policy_text_of(self.settings),
            self.settings.timezone,
        )
