"""Storms: very many cases of one channel at once, kept together under one rolling card."""

from sqlalchemy import Column, Index, Table, text

from storage.tables.types import Instant, Number, Words, metadata

RAGING = text("ended_at IS NULL")

storms = Table(
    "storms",
    metadata,
    Column("id", Number, primary_key=True),
    Column("enterprise_id", Words, nullable=False),
    Column("team_id", Words, nullable=False),
    # As the routes name it, so that a card's channel and its storm's are one word.
    Column("channel", Words, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("ended_at", Instant),
    # Where its rolling card stands; empty until it is posted.
    Column("channel_id", Words, nullable=False),
    Column("ts", Words, nullable=False),
    # Two batches that both see it coming open it once.
    Index(
        "uq_storms_channel_raging",
        "channel",
        unique=True,
        sqlite_where=RAGING,
        postgresql_where=RAGING,
    ),
    sqlite_autoincrement=True,
)
