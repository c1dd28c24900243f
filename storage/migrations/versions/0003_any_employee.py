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
    "reveals",
    "exports",
    "kept_answers",
    "kept_uses",
    "complaints",
    "merges",
    "merged_rows",
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
    _reveals()
    _exports()
    _kept_answers()
    _kept_uses()
    _outgoing()
    _complaints()
    _merges()
    _merged_rows()


def downgrade() -> None:
    op.drop_column("outgoing", "offers")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_cases_merged_into", "cases")
    op.drop_column("cases", "merged_into")


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
        sa.Column("stranded_at", sa.BigInteger()),
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
    op.create_index("ix_approvals_case_id", "approvals", ["case_id"])


def _approval_answers() -> None:
    op.create_table(
        "approval_answers",
        sa.Column("approval_id", NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
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
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("approval_id", NUMBER),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_replies_case_id"),
        sa.ForeignKeyConstraint(["approval_id"], ["approvals.id"], name="fk_replies_approval_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_replies_case_id_state", "replies", ["case_id", "state"])
    op.create_index("ix_replies_state", "replies", ["state"])
    op.create_index("uq_replies_approval_id", "replies", ["approval_id"], unique=True)


def _reveals() -> None:
    op.create_table(
        "reveals",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("shown_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("told_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_reveals"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_reveals_case_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reveals_visit", "reveals", ["visit"])
    for name, column, mark in (
        ("ix_reveals_at_untold", "at", "told_at"),
        ("ix_reveals_case_id_open", "case_id", "closed_at"),
    ):
        still = sa.text(f"{mark} IS NULL")
        op.create_index(name, "reveals", [column], sqlite_where=still, postgresql_where=still)


def _exports() -> None:
    op.create_table(
        "exports",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file_sealed", sa.LargeBinary()),
        sa.Column("sent_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_exports"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_exports_case_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_exports_case_id_state", "exports", ["case_id", "state"])
    op.create_index("ix_exports_state", "exports", ["state"])


def _complaints() -> None:
    op.create_table(
        "complaints",
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("product_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("marked_by", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("disposition", sa.Text(), nullable=False),
        sa.Column("acknowledge_told_at", sa.BigInteger()),
        sa.Column("settle_told_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("case_id", name="pk_complaints"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_complaints_case_id"),
        sa.CheckConstraint(
            "answer <> 'yes' OR (line <> '' AND nature <> '')", name="ck_complaints_classified"
        ),
        sa.CheckConstraint(
            "answer <> 'yes' OR settled_at IS NULL OR disposition <> ''",
            name="ck_complaints_settled_has_disposition",
        ),
    )
    op.create_index("ix_complaints_received_at", "complaints", ["received_at"])
    unsettled = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_complaints_received_at_unsettled",
        "complaints",
        ["received_at"],
        sqlite_where=unsettled,
        postgresql_where=unsettled,
    )


def _kept_answers() -> None:
    op.create_table(
        "kept_answers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("enterprise_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("reply_id", NUMBER, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.Column("forgotten_by", sa.Text(), nullable=False),
        sa.Column("forgotten_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_kept_answers"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_kept_answers_case_id"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_kept_answers_reply_id"),
        sqlite_autoincrement=True,
    )
    there = sa.text("forgotten_at IS NULL")
    op.create_index(
        "uq_kept_answers_digest_unforgotten",
        "kept_answers",
        ["digest"],
        unique=True,
        sqlite_where=there,
        postgresql_where=there,
    )


def _outgoing() -> None:
    op.add_column(
        "outgoing", sa.Column("offers", sa.Text(), nullable=False, server_default=sa.text("''"))
    )


def _kept_uses() -> None:
    op.create_table(
        "kept_uses",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kept_id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("reply_id", NUMBER),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kept_uses"),
        sa.ForeignKeyConstraint(["kept_id"], ["kept_answers.id"], name="fk_kept_uses_kept_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_kept_uses_case_id"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_kept_uses_reply_id"),
    )
    op.create_index("ix_kept_uses_kept_id", "kept_uses", ["kept_id"])
    op.create_index("ix_kept_uses_reply_id", "kept_uses", ["reply_id"])


def _merges() -> None:
    op.add_column("cases", sa.Column("merged_into", NUMBER))
    known = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_cases_merged_into", "cases", ["merged_into"], sqlite_where=known, postgresql_where=known
    )
    op.create_table(
        "merges",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("into_id", NUMBER, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("brought_holder", sa.Boolean(), nullable=False),
        sa.Column("parted_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_merges"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_merges_case_id"),
        sa.ForeignKeyConstraint(["into_id"], ["cases.id"], name="fk_merges_into_id"),
        sqlite_autoincrement=True,
    )
    together = sa.text("parted_at IS NULL")
    op.create_index(
        "uq_merges_case_id_unparted",
        "merges",
        ["case_id"],
        unique=True,
        sqlite_where=together,
        postgresql_where=together,
    )


def _merged_rows() -> None:
    op.create_table(
        "merged_rows",
        sa.Column("merge_id", NUMBER, nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("row_id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("merge_id", "noun", "row_id", name="pk_merged_rows"),
        sa.ForeignKeyConstraint(["merge_id"], ["merges.id"], name="fk_merged_rows_merge_id"),
    )
