"""Cases. `urgency` is a rank, 0 first, so that one plain index gives the order of waiting."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.types import Instant, Number, Words, metadata

cases = Table(
    "cases",
    metadata,
    Column("id", Number, primary_key=True),
    # Made by us: binds what is sealed to its row, and tells which number a row of a batch got.
    Column("uid", Words, nullable=False),
    Column("enterprise_id", Words, nullable=False),
    Column("team_id", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("author_id", Number, ForeignKey("authors.id"), nullable=False),
    Column("summary", Words, nullable=False),
    # Case-folded: neither engine's own folding knows more than its locale.
    Column("summary_folded", Words, nullable=False),
    Column("summary_sealed", LargeBinary, nullable=False),
    Column("route", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("urgency_reason", Words, nullable=False),
    Column("conversation_id", Words, nullable=False),
    # A permalink has the handle in it.
    Column("permalink_sealed", LargeBinary, nullable=False),
    Column("holder", Words),
    Column("holder_name_sealed", LargeBinary),
    Column("revision", BigInteger, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("claimed_at", Instant),
    # Stays when the case is released: the wait of the customer was over then.
    Column("first_claimed_at", Instant),
    Column("resolved_at", Instant),
    # When an answer is due; NULL where the route promises nothing.
    Column("due_at", Instant),
    # One of very many that came at once: it stands on the storm's card until somebody claims it.
    Column("storm_id", Number),
    # Why the last holder gave it back without saying so: away, left. Empty otherwise.
    Column("handed_back", Words, nullable=False, server_default=text("''")),
    # The case in which it goes on; that one is never merged itself, so one step is the whole way.
    Column("merged_into", Number),
    UniqueConstraint("uid"),
    Index("ix_cases_author_id_state", "author_id", "state"),
    Index("ix_cases_state_holder_urgency_opened_at", "state", "holder", "urgency", "opened_at"),
    Index("ix_cases_opened_at", "opened_at"),
    sqlite_autoincrement=True,
)

# Nothing to write for a case that nobody claimed yet: opening is what must be fast.
for happened in (
    cases.c.first_claimed_at,
    cases.c.resolved_at,
    cases.c.storm_id,
    cases.c.merged_into,
):
    Index(
        f"ix_cases_{happened.name}",
        happened,
        sqlite_where=happened.is_not(None),
        postgresql_where=happened.is_not(None),
    )
