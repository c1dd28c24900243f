"""Policies that were in force or wait for it, with their texts; and who holds which role."""

from sqlalchemy import Column, Index, Integer, Table, text

from storage.tables.types import Instant, Number, Words, metadata

ONE = text("state IN ('in force', 'waiting')")

policies = Table(
    "policies",
    metadata,
    Column("id", Number, primary_key=True),
    Column("hash", Words, nullable=False),
    Column("profile", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("base", Words, nullable=False),
    # How many persons another one in its place takes.
    Column("takes", Integer, nullable=False),
    # in force, waiting, before, withdrawn: of the first two there is never more than one.
    Column("state", Words, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("accepted_at", Instant),
    Column("accepted_by", Words, nullable=False),
    Column("announced_at", Instant),
    Index("uq_policies_state", "state", unique=True, sqlite_where=ONE, postgresql_where=ONE),
    sqlite_autoincrement=True,
)

role_holders = Table(
    "role_holders",
    metadata,
    Column("role", Words, primary_key=True),
    Column("person", Words, primary_key=True),
    Column("since", Instant, nullable=False),
)
