"""Replies of colleagues to customers, from the draft to where it stands on the network."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, LargeBinary, Table

from storage.tables.types import Instant, Number, Words, metadata

replies = Table(
    "replies",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", Number, ForeignKey("cases.id"), nullable=False),
    Column("way", Words, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("post_id", Words, nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Column("hash", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("author_name_sealed", LargeBinary, nullable=False),
    Column("state", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("tried_at", Instant),
    Column("sent_at", Instant),
    Column("external_id", Words, nullable=False),
    Column("url", Words, nullable=False),
    Index("ix_replies_case_id_state", "case_id", "state"),
    sqlite_autoincrement=True,
)
