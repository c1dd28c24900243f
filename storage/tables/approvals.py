"""What somebody asked others to approve, who answered, and where its cards stand."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, text

from storage.tables.types import Instant, Number, Words, metadata

OPEN = text("state = 'open'")

approvals = Table(
    "approvals",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    # Of exactly what is asked for: other words are another approval.
    Column("text_hash", Words, nullable=False),
    Column("role", Words, nullable=False),
    Column("needed", Integer, nullable=False),
    Column("case_id", Number, ForeignKey("cases.id")),
    Column("asked_by", Words, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("remind_at", Instant, nullable=False),
    Column("reminded_at", Instant),
    # Since when too few are left who may say yes.
    Column("stranded_at", Instant),
    Column("expires_at", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("ended_at", Instant),
    # Of one thing nobody is asked twice at the same time.
    Index(
        "uq_approvals_kind_subject_open",
        "kind",
        "subject",
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    ),
    Index("ix_approvals_kind_subject_text_hash", "kind", "subject", "text_hash"),
    Index("ix_approvals_case_id", "case_id"),
    sqlite_autoincrement=True,
)

approval_answers = Table(
    "approval_answers",
    metadata,
    Column("approval_id", Number, ForeignKey("approvals.id"), primary_key=True),
    Column("person", Words, primary_key=True),
    Column("yes", Boolean, nullable=False),
    Column("reason_sealed", LargeBinary, nullable=False),
    # Of what it was said: the customer's newest post at that moment, or empty.
    Column("about", Words, nullable=False),
    Column("at", Instant, nullable=False),
)

approval_cards = Table(
    "approval_cards",
    metadata,
    Column("approval_id", Number, ForeignKey("approvals.id"), primary_key=True),
    # A channel as app.yaml names it, or a person's user id.
    Column("whom", Words, primary_key=True),
    # Where it stands; empty until it is posted.
    Column("channel_id", Words, nullable=False),
    Column("ts", Words, nullable=False),
)
