"""At home in Slack: lanes and turns for what goes out, storms, absence, wishes of colleagues."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only in a column of exactly this type.
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

PAGE = 1000

TABLES = ("turns", "inbox", "storms", "channels", "absences", "preferences", "homes")


def upgrade() -> None:
    _columns()
    _turns()
    _inbox()
    _storms()
    _channels()
    _absences()
    _preferences()
    _homes()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_cards_channel_id_ts", "cards")
    op.drop_index("ix_deliveries_state_priority_due_at", "deliveries")
    op.drop_index("ix_deliveries_state_lane_priority_due_at", "deliveries")
    op.create_index("ix_deliveries_state_due_at", "deliveries", ["state", "due_at"])
    op.drop_index("ix_cases_storm_id", "cases")
    for table, column in (
        ("notes", "words_folded"),
        ("mentions", "words_folded"),
        ("visits", "person"),
        ("cards", "blanked_by"),
        ("deliveries", "priority"),
        ("deliveries", "lane"),
        ("cases", "handed_back"),
        ("cases", "storm_id"),
        ("cases", "due_at"),
    ):
        op.drop_column(table, column)


def _columns() -> None:
    op.add_column("cases", sa.Column("due_at", sa.BigInteger()))
    op.add_column("cases", sa.Column("storm_id", NUMBER))
    op.add_column("cases", _words("handed_back"))
    known = sa.text("storm_id IS NOT NULL")
    op.create_index(
        "ix_cases_storm_id", "cases", ["storm_id"], sqlite_where=known, postgresql_where=known
    )
    op.add_column("deliveries", _words("lane"))
    op.add_column(
        "deliveries",
        sa.Column("priority", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.drop_index("ix_deliveries_state_due_at", "deliveries")
    op.create_index(
        "ix_deliveries_state_lane_priority_due_at",
        "deliveries",
        ["state", "lane", "priority", "due_at"],
    )
    # What is due to people, without a look at each of those whose morning is not there yet.
    peoples = sa.text("substr(lane, 1, 3) = 'dm:'")
    op.create_index(
        "ix_deliveries_state_priority_due_at",
        "deliveries",
        ["state", "priority", "due_at"],
        sqlite_where=peoples,
        postgresql_where=peoples,
    )
    op.add_column("cards", _words("blanked_by"))
    op.create_index("ix_cards_channel_id_ts", "cards", ["channel_id", "ts"])
    op.add_column("visits", _words("person"))
    for name in ("mentions", "notes"):
        op.add_column(name, _words("words_folded"))
        _fold(name)


def _fold(name: str) -> None:
    """What was said before is found as well."""
    table = sa.table(name, sa.column("id"), sa.column("words"), sa.column("words_folded"))
    change = (
        table.update()
        .where(table.c.id == sa.bindparam("which"))
        .values(words_folded=sa.bindparam("folded"))
    )
    page, after = sa.select(table.c.id, table.c.words).order_by(table.c.id).limit(PAGE), 0
    while rows := op.get_bind().execute(page.where(table.c.id > after)).all():
        folded = [
            {"which": row.id, "folded": unicodedata.normalize("NFKC", row.words).casefold()}
            for row in rows
        ]
        op.get_bind().execute(change, folded)
        after = rows[-1].id


def _words(name: str) -> sa.Column[str]:
    """SQLite adds a column to rows that are there only with a value for them."""
    return sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''"))


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.Column("rests_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("lane", name="pk_turns"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("key", name="uq_inbox_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_at", "inbox", ["at"])


def _storms() -> None:
    op.create_table(
        "storms",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("enterprise_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        # As the routes name it, so that a card's channel and its storm's are one word.
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        # Where its rolling card stands; empty until it is posted.
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_storms"),
        sqlite_autoincrement=True,
    )
    raging = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_storms_channel_raging",
        "storms",
        ["channel"],
        unique=True,
        sqlite_where=raging,
        postgresql_where=raging,
    )


def _channels() -> None:
    op.create_table(
        "channels",
        sa.Column("enterprise_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("enterprise_id", "team_id", "id", name="pk_channels"),
    )


def _absences() -> None:
    op.create_table(
        "absences",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.PrimaryKeyConstraint("person", name="pk_absences"),
    )


def _preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("quiet_from", sa.Text(), nullable=False),
        sa.Column("quiet_to", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_preferences"),
    )


def _homes() -> None:
    op.create_table(
        "homes",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_homes"),
    )
