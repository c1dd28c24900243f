"""The first schema: cases and what was said in them, the outbox, the record."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only in a column of exactly this type.
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


TABLES = (
    "authors",
    "cases",
    "mentions",
    "set_aside",
    "notes",
    "handoffs",
    "links",
    "deliveries",
    "cards",
    "outgoing",
    "people",
    "ambassadors",
    "visits",
    "cursors",
    "leases",
    "vault_check",
    "audit_events",
)


def upgrade() -> None:
    _authors()
    _cases()
    _mentions()
    _set_aside()
    _notes()
    _handoffs()
    _links()
    _deliveries()
    _cards()
    _outgoing()
    _people()
    _ambassadors()
    _visits()
    _cursors()
    _leases()
    _vault_check()
    _audit_events()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _authors() -> None:
    op.create_table(
        "authors",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("handle_index", sa.LargeBinary(), nullable=False),
        sa.Column("handle_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_authors"),
        sa.UniqueConstraint("network", "ref", name="uq_authors_network_ref"),
    )
    op.create_index("ix_authors_handle_index", "authors", ["handle_index"])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("enterprise_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("author_id", NUMBER, nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("summary_folded", sa.Text(), nullable=False),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("urgency_reason", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("permalink_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("holder", sa.Text()),
        sa.Column("holder_name_sealed", sa.LargeBinary()),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger()),
        sa.Column("first_claimed_at", sa.BigInteger()),
        sa.Column("resolved_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.ForeignKeyConstraint(["author_id"], ["authors.id"], name="fk_cases_author_id"),
        sa.UniqueConstraint("uid", name="uq_cases_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cases_author_id_state", "cases", ["author_id", "state"])
    _index_where_known("ix_cases_first_claimed_at", "cases", "first_claimed_at")
    op.create_index("ix_cases_opened_at", "cases", ["opened_at"])
    _index_where_known("ix_cases_resolved_at", "cases", "resolved_at")
    op.create_index(
        "ix_cases_state_holder_urgency_opened_at",
        "cases",
        ["state", "holder", "urgency", "opened_at"],
    )


def _mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("author_id", NUMBER, nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("permalink_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("summoned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mentions"),
        sa.ForeignKeyConstraint(["author_id"], ["authors.id"], name="fk_mentions_author_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_mentions_case_id"),
        sa.UniqueConstraint("network", "external_id", name="uq_mentions_network_external_id"),
    )
    op.create_index("ix_mentions_case_id_created_at", "mentions", ["case_id", "created_at"])
    op.create_index("ix_mentions_received_at", "mentions", ["received_at"])


def _set_aside() -> None:
    op.create_table(
        "set_aside",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("raw_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_set_aside"),
        sa.UniqueConstraint("network", "digest", name="uq_set_aside_network_digest"),
    )


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_notes_case_id"),
    )
    op.create_index("ix_notes_case_id", "notes", ["case_id"])


def _handoffs() -> None:
    op.create_table(
        "handoffs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_by_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_handoffs_case_id"),
        sa.UniqueConstraint("key", name="uq_handoffs_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handoffs_asked_at", "handoffs", ["asked_at"])
    op.create_index("ix_handoffs_case_id", "handoffs", ["case_id"])
    unfinished = sa.text("state != 'filed'")
    op.create_index(
        "uq_handoffs_case_id_kind_unfinished",
        "handoffs",
        ["case_id", "kind"],
        unique=True,
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("network_user_id", sa.Text(), nullable=False),
        sa.Column("handle_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("customer_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("consent_version", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.BigInteger(), nullable=False),
        sa.Column("linked_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("network", "network_user_id", name="pk_links"),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=False),
        sa.Column("leased_by", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("kind", "subject", name="uq_deliveries_kind_subject"),
    )
    op.create_index("ix_deliveries_state_due_at", "deliveries", ["state", "due_at"])


def _cards() -> None:
    op.create_table(
        "cards",
        sa.Column("case_id", NUMBER, nullable=False, autoincrement=False),
        sa.Column("enterprise_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_cards"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_cards_case_id"),
    )


def _outgoing() -> None:
    op.create_table(
        "outgoing",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing"),
        sqlite_autoincrement=True,
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_people"),
    )


def _ambassadors() -> None:
    op.create_table(
        "ambassadors",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_ambassadors"),
    )


def _visits() -> None:
    op.create_table(
        "visits",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_visits"),
    )
    op.create_index("ix_visits_at", "visits", ["at"])


def _cursors() -> None:
    op.create_table(
        "cursors",
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("beat_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("network", name="pk_cursors"),
    )


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _vault_check() -> None:
    op.create_table(
        "vault_check",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_vault_check"),
    )


def _audit_events() -> None:
    op.create_table(
        "audit_events",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("case_id", NUMBER),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_events"),
        sa.UniqueConstraint("uid", name="uq_audit_events_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_events_actor_at", "audit_events", ["actor", "at"])
    op.create_index("ix_audit_events_case_id", "audit_events", ["case_id"])


def _index_where_known(name: str, table: str, column: str) -> None:
    known = sa.text(f"{column} IS NOT NULL")
    op.create_index(name, table, [column], sqlite_where=known, postgresql_where=known)
