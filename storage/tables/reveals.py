"""Looks at personal data in the clear: who, what for, and until when. Never what they saw."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, text

from storage.tables.types import Instant, Number, Words, metadata

UNTOLD = text("told_at IS NULL")
OPEN = text("closed_at IS NULL")

reveals = Table(
    "reveals",
    metadata,
    Column("id", Number, primary_key=True),
    # Names its page to Slack; nobody can guess it.
    Column("uid", Words, nullable=False),
    Column("case_id", Number, ForeignKey("cases.id"), nullable=False),
    Column("person", Words, nullable=False),
    # The visit that asked: for no other one a page is drawn.
    Column("visit", Words, nullable=False),
    # Masked, as it is told; what was typed stands beside it.
    Column("reason", Words, nullable=False),
    Column("reason_sealed", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    # Its words were read for the page, which happens once: whoever repeats the request gets none.
    Column("shown_at", Instant),
    Column("closed_at", Instant),
    # Whoever looks after privacy knows of it.
    Column("told_at", Instant),
    # Not unique: who repeats a visit waits at that visit's own row, and all of theirs is undone.
    Index("ix_reveals_visit", "visit"),
    Index("ix_reveals_at_untold", "at", sqlite_where=UNTOLD, postgresql_where=UNTOLD),
    Index("ix_reveals_case_id_open", "case_id", sqlite_where=OPEN, postgresql_where=OPEN),
    sqlite_autoincrement=True,
)
