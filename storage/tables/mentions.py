"""Public posts of customers, and the items nobody could read."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.types import Instant, Number, Words, metadata

mentions = Table(
    "mentions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", Number, ForeignKey("cases.id"), nullable=False),
    Column("author_id", Number, ForeignKey("authors.id"), nullable=False),
    Column("network", Words, nullable=False),
    Column("external_id", Words, nullable=False),
    Column("words", Words, nullable=False),
    # As they are looked for.
    Column("words_folded", Words, nullable=False, server_default=text("''")),
    Column("words_sealed", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("permalink_sealed", LargeBinary, nullable=False),
    Column("parent_id", Words, nullable=False),
    Column("conversation_id", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("summoned", Boolean, nullable=False),
    UniqueConstraint("network", "external_id"),
    Index("ix_mentions_case_id_created_at", "case_id", "created_at"),
    Index("ix_mentions_received_at", "received_at"),
)

set_aside = Table(
    "set_aside",
    metadata,
    Column("id", Number, primary_key=True),
    Column("network", Words, nullable=False),
    Column("external_id", Words, nullable=False),
    # Networks show the same item again; its keyed digest tells so without a word of it in clear.
    Column("digest", LargeBinary, nullable=False),
    Column("raw_sealed", LargeBinary, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("network", "digest"),
)
