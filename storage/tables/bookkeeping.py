"""Rows of the machine itself: where a network was left off, who runs a job, which key seals."""

from sqlalchemy import Column, LargeBinary, Table

from storage.tables.types import Instant, Words, metadata

cursors = Table(
    "cursors",
    metadata,
    Column("network", Words, primary_key=True),
    Column("cursor", Words, nullable=False),
    Column("beat_at", Instant, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Words, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
)

# One known text under the vault's key: another key is noticed at the start, not at the first name.
vault_check = Table(
    "vault_check",
    metadata,
    Column("name", Words, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
