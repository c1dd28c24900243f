"""The outbox, where cards stand, and messages that wait to be posted."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from storage.tables.types import Instant, Number, Words, metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    # waiting: wanted is more than done. stuck: given up until the next wish.
    Column("state", Words, nullable=False),
    Column("wanted", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("leased_until", Instant, nullable=False),
    Column("leased_by", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    UniqueConstraint("kind", "subject"),
    Index("ix_deliveries_state_due_at", "state", "due_at"),
)

cards = Table(
    "cards",
    metadata,
    Column("case_id", Number, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("enterprise_id", Words, nullable=False),
    Column("team_id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("ts", Words, nullable=False),
    Column("placed_at", Instant, nullable=False),
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("id", Number, primary_key=True),
    Column("to", Words, nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
