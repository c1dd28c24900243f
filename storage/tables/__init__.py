"""Every table, so that one import knows the whole schema. A change here asks for a migration."""

from storage.tables.approvals import approval_answers, approval_cards, approvals
from storage.tables.arrivals import channels, inbox
from storage.tables.audit import audit_events
from storage.tables.authors import authors
from storage.tables.bookkeeping import cursors, leases, vault_check
from storage.tables.cases import cases
from storage.tables.complaints import complaints
from storage.tables.deliveries import cards, deliveries, outgoing, turns
from storage.tables.exports import exports
from storage.tables.guidebooks import guidebooks, rereadings, trust
from storage.tables.handoffs import handoffs
from storage.tables.holds import holds
from storage.tables.kept_answers import kept_answers, kept_uses
from storage.tables.links import links
from storage.tables.mentions import mentions, set_aside
from storage.tables.merges import merged_rows, merges
from storage.tables.notes import notes
from storage.tables.people import absences, ambassadors, homes, people, preferences, visits
from storage.tables.policies import policies, role_holders
from storage.tables.replies import replies
from storage.tables.reveals import reveals
from storage.tables.storms import storms
from storage.tables.types import metadata

__all__ = [
    "absences",
    "ambassadors",
    "approval_answers",
    "approval_cards",
    "approvals",
    "audit_events",
    "authors",
    "cards",
    "cases",
    "channels",
    "complaints",
    "cursors",
    "deliveries",
    "exports",
    "guidebooks",
    "handoffs",
    "holds",
    "homes",
    "inbox",
    "kept_answers",
    "kept_uses",
    "leases",
    "links",
    "mentions",
    "merged_rows",
    "merges",
    "metadata",
    "notes",
    "outgoing",
    "people",
    "policies",
    "preferences",
    "replies",
    "rereadings",
    "reveals",
    "role_holders",
    "set_aside",
    "storms",
    "trust",
    "turns",
    "vault_check",
    "visits",
]
