"""Guidebooks as they were shown, who was told that they changed, and whose answers are trusted."""

from sqlalchemy import Column, Integer, Table

from storage.tables.types import Instant, Words, metadata

# The organisation's own text, which names no person: kept, so that a change of it can be shown.
guidebooks = Table(
    "guidebooks",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("text", Words, nullable=False),
    # When it last began to be the one in force.
    Column("seen_at", Instant, nullable=False),
)

rereadings = Table(
    "rereadings",
    metadata,
    Column("person", Words, primary_key=True),
    # The version in force when they were told that they have to read again.
    Column("version", Words, nullable=False),
)

trust = Table(
    "trust",
    metadata,
    Column("person", Words, primary_key=True),
    # Approvals in a row without a change; what it takes to be trusted, the policy says.
    Column("streak", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)
