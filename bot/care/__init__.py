"""The kitchen: every verb of Usher, one file per noun. Doors call `Care`, and nothing behind it."""

from dataclasses import dataclass

from bot.care.absence import Absence
from bot.care.adding import Adding
from bot.care.ambassadors import Ambassadors
from bot.care.approvals import Approvals
from bot.care.blanking import Blanking
from bot.care.cases import Cases
from bot.care.changed import Changed
from bot.care.channels import Channels
from bot.care.complaint_clock import ComplaintClock
from bot.care.complaint_register import ComplaintRegister
from bot.care.complaints import Complaints
from bot.care.customers import Customers
from bot.care.deliveries import Deliveries
from bot.care.digests import Digests
from bot.care.duty import Duty
from bot.care.evidence import Evidence
from bot.care.exports import Exports
from bot.care.figures import Figures
from bot.care.handoffs import Handoffs
from bot.care.holds import Holds
from bot.care.homes import Homes
from bot.care.inbox import Inbox
from bot.care.kept_answers import KeptAnswers
from bot.care.kept_uses import KeptUses
from bot.care.listening import Listening
from bot.care.listing import Listing
from bot.care.mentions import Mentions
from bot.care.merging import Merging
from bot.care.opening import Opening
from bot.care.orphans import Orphans
from bot.care.overdue import Overdue
from bot.care.parting import Parting
from bot.care.policies import Policies
from bot.care.privacy import Privacy
from bot.care.replies import Replies
from bot.care.rereading import Rereading
from bot.care.reveals import Reveals
from bot.care.roles import Roles
from bot.care.setting_up import SettingUp
from bot.care.settling import Settling
from bot.care.slips import Slips
from bot.care.status import Status
from bot.care.storms import Storms
from bot.care.threshold import Threshold
from bot.care.troubles import Troubles
from bot.care.undo import Undoing
from bot.care.wishes import WishesVerbs


@dataclass(frozen=True, slots=True)
class Care:
    threshold: Threshold
    cases: Cases
    opening: Opening
    listing: Listing
    undoing: Undoing
    complaints: Complaints
    complaint_register: ComplaintRegister
    complaint_clock: ComplaintClock
    customers: Customers
    handoffs: Handoffs
    replies: Replies
    kept_answers: KeptAnswers
    kept_uses: KeptUses
    ambassadors: Ambassadors
    reveals: Reveals
    privacy: Privacy
    exports: Exports
    rereading: Rereading
    digests: Digests
    mentions: Mentions
    storms: Storms
    listening: Listening
    duty: Duty
    deliveries: Deliveries
    status: Status
    evidence: Evidence
    inbox: Inbox
    changed: Changed
    slips: Slips
    adding: Adding
    blanking: Blanking
    troubles: Troubles
    channels: Channels
    absence: Absence
    setting_up: SettingUp
    homes: Homes
    wishes: WishesVerbs
    overdue: Overdue
    orphans: Orphans
    policies: Policies
    roles: Roles
    approvals: Approvals
    settling: Settling
    holds: Holds
    merging: Merging
    parting: Parting
    figures: Figures


__all__ = ["Care"]
