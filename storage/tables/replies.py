"""Replies of colleagues to customers, from the draft to where it stands on the network."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

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
    # Counts who took it up: of two that know the same number, one goes on.
    Column("tries", Integer, nullable=False),
    Column("approval_id", Number, ForeignKey("approvals.id")),
    Column("sent_at", Instant),
    Column("external_id", Words, nullable=False),
    Column("url", Words, nullable=False),
    Index("ix_replies_case_id_state", "case_id", "state"),
    # Over all cases: what may go once a hold is lifted.
    Index("ix_replies_state", "state"),
    # A yes is for one answer, which goes out once.
    Index("uq_replies_approval_id", "approval_id", unique=True),
    sqlite_autoincrement=True,
)
