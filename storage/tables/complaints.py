"""Cases of which somebody said whether they are complaints; what is none has its row as well."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, text

from storage.tables.types import Instant, Number, Words, metadata

UNSETTLED = text("settled_at IS NULL")

complaints = Table(
    "complaints",
    metadata,
    Column("case_id", Number, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("answer", Words, nullable=False),
    Column("line", Words, nullable=False),
    Column("nature", Words, nullable=False),
    Column("product", Words, nullable=False),
    Column("product_sealed", LargeBinary, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("marked_by", Words, nullable=False),
    Column("marked_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("disposition", Words, nullable=False),
    # When it was told that the first answer, or the end, is late.
    Column("acknowledge_told_at", Instant),
    Column("settle_told_at", Instant),
    CheckConstraint(
        "answer <> 'yes' OR (line <> '' AND nature <> '')", name="ck_complaints_classified"
    ),
    CheckConstraint(
        "answer <> 'yes' OR settled_at IS NULL OR disposition <> ''",
        name="ck_complaints_settled_has_disposition",
    ),
    Index("ix_complaints_received_at", "received_at"),
    Index(
        "ix_complaints_received_at_unsettled",
        "received_at",
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    ),
)
