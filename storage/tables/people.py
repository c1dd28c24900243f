"""Colleagues: their names, whether they are enrolled or away, and how they want to be told."""

from sqlalchemy import Column, Index, LargeBinary, Table, text

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
    # Whose visit it was: nobody else sends off the form it opened.
    Column("person", Words, nullable=False, server_default=text("''")),
    Index("ix_visits_at", "at"),
)

absences = Table(
    "absences",
    metadata,
    Column("person", Words, primary_key=True),
    # Who says so: their Slack status, or they themselves; "known" says that they are here.
    Column("source", Words, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
)

preferences = Table(
    "preferences",
    metadata,
    Column("person", Words, primary_key=True),
    Column("how", Words, nullable=False),
    # "22:00" in the person's own zone; both empty where no hours are quiet.
    Column("quiet_from", Words, nullable=False),
    Column("quiet_to", Words, nullable=False),
    Column("zone", Words, nullable=False),
)

# Who looked at their Home tab, so that only what somebody may still see is drawn anew.
homes = Table(
    "homes",
    metadata,
    Column("person", Words, primary_key=True),
    Column("seen_at", Instant, nullable=False),
    Column("hash", Words, nullable=False),
)
