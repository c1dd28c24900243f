"""Answers kept for others to use again, and where each was used."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, text

from storage.tables.types import Instant, Number, Words, metadata

UNFORGOTTEN = text("forgotten_at IS NULL")

kept_answers = Table(
    "kept_answers",
    metadata,
    Column("id", Number, primary_key=True),
    Column("enterprise_id", Words, nullable=False),
    Column("team_id", Words, nullable=False),
    Column("case_id", Number, ForeignKey("cases.id"), nullable=False),
    Column("reply_id", Number, ForeignKey("replies.id"), nullable=False),
    Column("topic", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("words", Words, nullable=False),
    # Title and words, as they are looked for.
    Column("folded", Words, nullable=False),
    Column("words_sealed", LargeBinary, nullable=False),
    # Of the words, and keyed: the same are kept once.
    Column("digest", LargeBinary, nullable=False),
    Column("kept_by", Words, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("forgotten_by", Words, nullable=False),
    Column("forgotten_at", Instant),
    Index(
        "uq_kept_answers_digest_unforgotten",
        "digest",
        unique=True,
        sqlite_where=UNFORGOTTEN,
        postgresql_where=UNFORGOTTEN,
    ),
    sqlite_autoincrement=True,
)

kept_uses = Table(
    "kept_uses",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kept_id", Number, ForeignKey("kept_answers.id"), nullable=False),
    Column("case_id", Number, ForeignKey("cases.id"), nullable=False),
    # Null where the words were given to be sent by hand.
    Column("reply_id", Number, ForeignKey("replies.id")),
    Column("person", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_kept_uses_kept_id", "kept_id"),
    Index("ix_kept_uses_reply_id", "reply_id"),
)
