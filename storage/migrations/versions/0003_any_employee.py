"""Any employee: policies that were in force, who holds a role, approvals and holds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only in a column of exactly this type.
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TABLES = (
    "policies",
    "role_holders",
    "guidebooks",
    "rereadings",
    "trust",
    "approvals",
    "approval_answers",
    "approval_cards",
    "holds",
    "replies",
)


def upgrade() -> None:
    _policies()
    _role_holders()
    _guidebooks()
    _rereadings()
    _trust()
    _approvals()
    _approval_answers()
    _approval_cards()
    _holds()

    _replies()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _policies() -> None:
    op.create_table(
        "policies",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("takes", sa.Integer(), nullable=False),
        # in force, waiting, before, withdrawn: of the first two there is never more than one.
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("accepted_at", sa.BigInteger()),
        sa.Column("accepted_by", sa.Text(), nullable=False),
        sa.Column("announced_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_policies"),
        sqlite_autoincrement=True,
    )
    one = sa.text("state IN ('in force', 'waiting')")
    op.create_index(
        "uq_policies_state",
        "policies",
        ["state"],
        unique=True,
        sqlite_where=one,
        postgresql_where=one,
    )


def _role_holders() -> None:
    op.create_table(
        "role_holders",
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("role", "person", name="pk_role_holders"),
    )


def _approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("case_id", NUMBER),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("remind_at", sa.BigInteger(), nullable=False),
        sa.Column("reminded_at", sa.BigInteger()),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_approvals_case_id"),
        sqlite_autoincrement=True,
    )
    still = sa.text("state = 'open'")
    op.create_index(
        "uq_approvals_kind_subject_open",
        "approvals",
        ["kind", "subject"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )
    op.create_index(
        "ix_approvals_kind_subject_text_hash", "approvals", ["kind", "subject", "text_hash"]
    )


def _approval_answers() -> None:
    op.create_table(
        "approval_answers",
        sa.Column("approval_id", NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("approval_id", "person", name="pk_approval_answers"),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approvals.id"], name="fk_approval_answers_approval_id"
        ),
    )


def _approval_cards() -> None:
    op.create_table(
        "approval_cards",
        sa.Column("approval_id", NUMBER, nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("approval_id", "whom", name="pk_approval_cards"),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approvals.id"], name="fk_approval_cards_approval_id"
        ),
    )


def _holds() -> None:
    op.create_table(
        "holds",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger()),
        sa.Column("lifted_by", sa.Text(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
        sqlite_autoincrement=True,
    )
    there = sa.text("lifted_at IS NULL")
    op.create_index(
        "uq_holds_topic_unlifted",
        "holds",
        ["topic"],
        unique=True,
        sqlite_where=there,
        postgresql_where=there,
    )


def _guidebooks() -> None:
    op.create_table(
        "guidebooks",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_guidebooks"),
    )


def _rereadings() -> None:
    op.create_table(
        "rereadings",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_rereadings"),
    )


def _trust() -> None:
    op.create_table(
        "trust",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_trust"),
    )


def _replies() -> None:
    op.create_table(
        "replies",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("post_id", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("author_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("tried_at", sa.BigInteger()),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_replies_case_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_replies_case_id_state", "replies", ["case_id", "state"])
