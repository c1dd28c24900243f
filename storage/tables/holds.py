"""Holds: topics on which answers wait."""

from sqlalchemy import Column, Index, LargeBinary, Table, text

from storage.tables.types import Instant, Number, Words, metadata

UNLIFTED = text("lifted_at IS NULL")

holds = Table(
    "holds",
    metadata,
    Column("id", Number, primary_key=True),
    Column("topic", Words, nullable=False),
    Column("set_by", Words, nullable=False),
    Column("reason_sealed", LargeBinary, nullable=False),
    Column("asked_at", Instant, nullable=False),
    # Null while it waits for others to agree.
    Column("since", Instant),
    Column("lifted_by", Words, nullable=False),
    Column("lifted_at", Instant),
    Index(
        "uq_holds_topic_unlifted",
        "topic",
        unique=True,
        sqlite_where=UNLIFTED,
        postgresql_where=UNLIFTED,
    ),
    sqlite_autoincrement=True,
)
