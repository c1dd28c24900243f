"""Colleagues: what they are called, who took the guidebook's word, and what they were answered."""

from sqlalchemy import Column, Index, LargeBinary, Table

from storage.tables.types import Instant, Words, metadata

people = Table(
    "people",
    metadata,
    Column("key", Words, primary_key=True),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)

ambassadors = Table(
    "ambassadors",
    metadata,
    Column("key", Words, primary_key=True),
    Column("version", Words, nullable=False),
    Column("at", Instant, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("key", Words, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("answer_sealed", LargeBinary, nullable=False),
    Index("ix_visits_at", "at"),
)
