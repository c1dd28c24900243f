"""Exports of cases: who asked, what for, and the file until it is handed over."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table

from storage.tables.types import Instant, Number, Words, metadata

exports = Table(
    "exports",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", Number, ForeignKey("cases.id"), nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("reason_sealed", LargeBinary, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("file_sealed", LargeBinary),
    Column("sent_at", Instant),
    Index("ix_exports_case_id_state", "case_id", "state"),
    Index("ix_exports_state", "state"),
    sqlite_autoincrement=True,
)
