"""Every table, so that one import knows the whole schema. A change here asks for a migration."""

from storage.tables.audit import audit_events
from storage.tables.authors import authors
from storage.tables.bookkeeping import cursors, leases, vault_check
from storage.tables.cases import cases
from storage.tables.deliveries import cards, deliveries, outgoing
from storage.tables.handoffs import handoffs
from storage.tables.links import links
from storage.tables.mentions import mentions, set_aside
from storage.tables.notes import notes
from storage.tables.people import ambassadors, people, visits
from storage.tables.types import metadata

__all__ = [
    "ambassadors",
    "audit_events",
    "authors",
    "cards",
    "cases",
    "cursors",
    "deliveries",
    "handoffs",
    "leases",
    "links",
    "mentions",
    "metadata",
    "notes",
    "outgoing",
    "people",
    "set_aside",
    "vault_check",
    "visits",
]
