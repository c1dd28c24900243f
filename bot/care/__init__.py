"""The kitchen: every verb of Usher, one file per noun. Doors call `Care`, and nothing behind it."""

from dataclasses import dataclass

from bot.care.ambassadors import Ambassadors
from bot.care.cases import Cases
from bot.care.customers import Customers
from bot.care.deliveries import Deliveries
from bot.care.digests import Digests
from bot.care.duty import Duty
from bot.care.evidence import Evidence
from bot.care.handoffs import Handoffs
from bot.care.listening import Listening
from bot.care.listing import Listing
from bot.care.mentions import Mentions
from bot.care.replies import Replies
from bot.care.status import Status
from bot.care.threshold import Threshold
from bot.care.undo import Undoing


@dataclass(frozen=True, slots=True)
class Care:
    threshold: Threshold
    cases: Cases
    listing: Listing
    undoing: Undoing
    customers: Customers
    handoffs: Handoffs
    replies: Replies
    ambassadors: Ambassadors
    digests: Digests
    mentions: Mentions
    listening: Listening
    duty: Duty
    deliveries: Deliveries
    status: Status
    evidence: Evidence


__all__ = ["Care"]
