"""Requests to desks; `key` is what makes a ticket be made once."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, UniqueConstraint, text

from storage.tables.types import Instant, Number, Words, metadata

UNFINISHED = text("state != 'filed'")

handoffs = Table(
    "handoffs",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", Number, ForeignKey("cases.id"), nullable=False),
    Column("kind", Words, nullable=False),
    Column("desk", Words, nullable=False),
    Column("queue", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("summary_sealed", LargeBinary, nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("asked_by_name_sealed", LargeBinary, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("ticket", Words, nullable=False),
    Column("url", Words, nullable=False),
    UniqueConstraint("key"),
    Index("ix_handoffs_case_id", "case_id"),
    Index("ix_handoffs_asked_at", "asked_at"),
    # Two who ask at the same moment see no row of one another: one ticket of a kind at a time.
    Index(
        "uq_handoffs_case_id_kind_unfinished",
        "case_id",
        "kind",
        unique=True,
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    ),
    sqlite_autoincrement=True,
)
