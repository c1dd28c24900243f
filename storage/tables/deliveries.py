"""The outbox, where cards stand, and messages that wait to be posted."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.types import Instant, Number, Words, metadata

PEOPLES = "substr(lane, 1, 3) = 'dm:'"
"""Lanes of people, of which there are thousands; in the very text, so that the index is found."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    # waiting: wanted is more than done. stuck: given up until the next wish.
    Column("state", Words, nullable=False),
    Column("wanted", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("leased_until", Instant, nullable=False),
    Column("leased_by", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    # Whose turns it takes, such as post:#care-billing; "" takes none.
    Column("lane", Words, nullable=False, server_default=text("''")),
    # 0 goes first.
    Column("priority", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("kind", "subject"),
    Index("ix_deliveries_state_lane_priority_due_at", "state", "lane", "priority", "due_at"),
    # What people wait for until the morning; cards, of which there are most, are not in it.
    Index(
        "ix_deliveries_state_priority_due_at",
        "state",
        "priority",
        "due_at",
        sqlite_where=text(PEOPLES),
        postgresql_where=text(PEOPLES),
    ),
)

cards = Table(
    "cards",
    metadata,
    Column("case_id", Number, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("enterprise_id", Words, nullable=False),
    Column("team_id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("ts", Words, nullable=False),
    Column("placed_at", Instant, nullable=False),
    # The coordinator who took its words off the channel; the case itself stays as it is.
    Column("blanked_by", Words, nullable=False, server_default=text("''")),
    # A thread is asked for its case by where the card stands.
    Index("ix_cards_channel_id_ts", "channel_id", "ts"),
)

# A token bucket for each lane, shared by all replicas: the next turn is free at `free_at`.
turns = Table(
    "turns",
    metadata,
    Column("lane", Words, primary_key=True),
    Column("free_at", Instant, nullable=False),
    Column("rests_until", Instant, nullable=False),
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("id", Number, primary_key=True),
    Column("to", Words, nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    # The buttons under it, as JSON: labels of ours and numbers, no word of anybody.
    Column("offers", Words, nullable=False, server_default=text("''")),
    sqlite_autoincrement=True,
)
