"""What Slack told us and is looked at afterwards, and the channels we know."""

from sqlalchemy import Boolean, Column, Index, LargeBinary, Table, UniqueConstraint

from storage.tables.types import Instant, Number, Words, metadata

# An event is acknowledged when it stands here; what it asks for is done by a courier.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("body_sealed", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("key"),
    Index("ix_inbox_at", "at"),
    sqlite_autoincrement=True,
)

channels = Table(
    "channels",
    metadata,
    Column("enterprise_id", Words, primary_key=True),
    Column("team_id", Words, primary_key=True),
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    # With another organisation: no card is posted or edited there.
    Column("shared", Boolean, nullable=False),
    Column("checked_at", Instant, nullable=False),
    # When the coordinators heard of it; NULL while they have not.
    Column("told_at", Instant),
)
