"""What colleagues write to one another on a case."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, text

from storage.tables.types import Instant, Number, Words, metadata

notes = Table(
    "notes",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", Number, ForeignKey("cases.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Words, nullable=False),
    Column("by_name_sealed", LargeBinary, nullable=False),
    Column("words", Words, nullable=False),
    # As they are looked for.
    Column("words_folded", Words, nullable=False, server_default=text("''")),
    Column("words_sealed", LargeBinary, nullable=False),
    Index("ix_notes_case_id", "case_id"),
)
