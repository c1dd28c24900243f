"""Cases that go on in another one, and what each of them brought along."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, text

from storage.tables.types import Instant, Number, Words, metadata

UNPARTED = text("parted_at IS NULL")

merges = Table(
    "merges",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", Number, ForeignKey("cases.id"), nullable=False),
    Column("into_id", Number, ForeignKey("cases.id"), nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Instant, nullable=False),
    # Nobody held the one it goes on in, so that its own holder did from then on.
    Column("brought_holder", Boolean, nullable=False),
    Column("parted_at", Instant),
    # A case goes on in one other at a time.
    Index(
        "uq_merges_case_id_unparted",
        "case_id",
        unique=True,
        sqlite_where=UNPARTED,
        postgresql_where=UNPARTED,
    ),
    sqlite_autoincrement=True,
)

# Row by row, so that a wrong pair is parted again exactly.
merged_rows = Table(
    "merged_rows",
    metadata,
    Column("merge_id", Number, ForeignKey("merges.id"), primary_key=True),
    # The table it stands in.
    Column("noun", Words, primary_key=True),
    Column("row_id", Number, primary_key=True, autoincrement=False),
)
