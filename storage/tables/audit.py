"""The record. No foreign keys: a line outlives what it speaks of."""

from sqlalchemy import Column, Index, LargeBinary, Table, UniqueConstraint

from storage.tables.types import Instant, Number, Words, metadata

audit_events = Table(
    "audit_events",
    metadata,
    # The number people see as D-123; never given twice.
    Column("id", Number, primary_key=True),
    Column("uid", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("case_id", Number),
    Column("effect", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("policy", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    UniqueConstraint("uid"),
    Index("ix_audit_events_case_id", "case_id"),
    Index("ix_audit_events_actor_at", "actor", "at"),
    sqlite_autoincrement=True,
)
