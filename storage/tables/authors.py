"""Who speaks in public, apart from what they say: one row a person and network."""

from sqlalchemy import Column, Index, LargeBinary, Table, UniqueConstraint

from storage.tables.types import Instant, Number, Words, metadata

authors = Table(
    "authors",
    metadata,
    Column("id", Number, primary_key=True),
    Column("network", Words, nullable=False),
    # The network's own id; "@" and the blind handle while only the handle is known.
    Column("ref", Words, nullable=False),
    Column("handle_index", LargeBinary, nullable=False),
    Column("handle_sealed", LargeBinary, nullable=False),
    # The masked name, and sealed all the same: it is still somebody's.
    Column("name_sealed", LargeBinary, nullable=False),
    Column("seen_at", Instant, nullable=False),
    UniqueConstraint("network", "ref"),
    Index("ix_authors_handle_index", "handle_index"),
)
