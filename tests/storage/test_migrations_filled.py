"""A database of the first version that was at work for long: brought to ours, with all it held."""

import time
import unicodedata
from functools import partial
from typing import Any

from alembic import command
from sqlalchemy import (
    CTE,
    Connection,
    TableClause,
    column,
    func,
    insert,
    literal,
    select,
    table,
    text,
)

from storage.database import Database
from storage.migrations import config_for, migrate
from storage.vault import Vault
from tests.storage.samples import HeldClock
from tests.storage.test_migrations import seen

MANY = 8_000
LONGEST_SECONDS = 10.0
"""It takes about one: what must not be is one that grows with the square of the rows."""
WORDS = "STRASSE ﬁne ７ Ünïcödé"
"""Folding makes something else of each of these."""
GIVEN = {"blob": b"sealed", "words": WORDS}

Filling = dict[str, str]
"""Column to its value in the row of number `i`, in words both engines know."""

FILLED: dict[str, Filling] = {
    "authors": {
        "id": "i", "network": "'x'", "ref": "'ref-' || i", "handle_index": ":blob",
        "handle_sealed": ":blob", "name_sealed": ":blob", "seen_at": "i",
    },
    "cases": {
        "id": "i", "uid": "'uid-' || i", "enterprise_id": "'E1'", "team_id": "'T1'",
        "state": "CASE i % 2 WHEN 0 THEN 'open' ELSE 'resolved' END", "source": "'mention'",
        "author_id": "i", "summary": "'Bill ' || i", "summary_folded": "'bill ' || i",
        "summary_sealed": ":blob", "route": "'billing'", "channel_id": "'C1'", "urgency": "2",
        "urgency_reason": "'word'", "conversation_id": "'c-' || i", "permalink_sealed": ":blob",
        "holder": "CASE i % 3 WHEN 0 THEN 'E1:UANNA' END", "revision": "i", "opened_at": "i",
    },
    "mentions": {
        "id": "i", "case_id": "i", "author_id": "i", "network": "'x'",
        "external_id": "'post-' || i", "words": ":words || i", "words_sealed": ":blob",
        "created_at": "i", "received_at": "i", "permalink_sealed": ":blob", "parent_id": "''",
        "conversation_id": "'c-' || i", "language": "'en'", "summoned": "i % 2 = 0",
    },
    "notes": {
        "id": "i", "case_id": "i", "at": "i", "by": "'E1:UANNA'", "by_name_sealed": ":blob",
        "words": ":words || i", "words_sealed": ":blob",
    },
    "deliveries": {
        "id": "i", "kind": "'card'", "subject": "'' || i", "wanted": "2", "done": "1",
        "state": "CASE i % 10 WHEN 0 THEN 'stuck' WHEN 1 THEN 'waiting' ELSE 'done' END",
        "due_at": "i", "leased_until": "0", "leased_by": "''", "attempts": "0", "reason": "''",
    },
    "cards": {
        "case_id": "i", "enterprise_id": "'E1'", "team_id": "'T1'", "channel_id": "'C1'",
        "ts": "i || '.000100'", "placed_at": "i",
    },
    "visits": {"key": "'visit-' || i", "at": "i", "answer_sealed": ":blob"},
    "audit_events": {
        "id": "i", "uid": "'line-' || i", "at": "i", "actor": "'E1:UANNA'",
        "action": "'case.claimed'", "case_id": "i", "effect": "'allowed'", "rule": "''",
        "policy": "''", "body": ":blob", "salt": ":blob", "leaf": ":blob",
    },
}  # fmt: skip

NEW: dict[str, dict[str, Any]] = {
    "cases": {"due_at": None, "storm_id": None, "handed_back": ""},
    "deliveries": {"lane": "", "priority": 0},
    "cards": {"blanked_by": ""},
    "visits": {"person": ""},
}
"""What this version knows besides, and what stands there in a row of the first."""


async def test_nothing_is_lost_on_the_way_to_this_version(
    empty_url: str, vault: Vault, clock: HeldClock
) -> None:
    await seen(empty_url, first_version)
    await seen(empty_url, partial(fill, rows=MANY))
    before = await seen(empty_url, held)
    assert {name: len(rows) for name, rows in before.items()} == dict.fromkeys(FILLED, MANY)
    began = time.monotonic()
    migrate(empty_url)
    assert time.monotonic() - began < LONGEST_SECONDS
    assert await seen(empty_url, held) == before
    assert await seen(empty_url, kinds) == {
        name: [(*values.values(), MANY)] for name, values in NEW.items()
    }
    folded = await seen(empty_url, spelled)
    assert len(folded) == 2 * MANY
    assert [unicodedata.normalize("NFKC", then).casefold() for then, _ in folded] == [
        now for _, now in folded
    ]
    db = await Database.open(empty_url, vault=vault, clock=clock)
    leased = await db.technical(
        lambda unit: unit.deliveries.lease(owner="test", limit=20, seconds=60)
    )
    await db.close()
    assert [int(row.subject) for row in leased.rows] == list(range(1, 200, 10))


async def test_what_the_first_version_still_writes_is_taken(empty_url: str) -> None:
    """A process of it that has not ended yet leaves the new columns out, and none is missing."""
    await seen(empty_url, first_version)
    migrate(empty_url)
    await seen(empty_url, partial(fill, rows=1))
    assert {name: len(rows) for name, rows in (await seen(empty_url, held)).items()} == (
        dict.fromkeys(FILLED, 1)
    )


def first_version(conn: Connection) -> None:
    command.upgrade(config_for(conn), "0001")


def fill(conn: Connection, *, rows: int) -> None:
    for name, filling in FILLED.items():
        values = [text(value) for value in filling.values()]
        from_numbers = select(*values).select_from(numbers(rows))
        into = insert(written(name)).from_select(list(filling), from_numbers)
        conn.execute(into, {name: GIVEN[name] for name in into.compile().params if name in GIVEN})


def numbers(upto: int) -> CTE:
    n = select(literal(1).label("i")).cte("n", recursive=True)
    return n.union_all(select(n.c.i + 1).where(n.c.i < upto))


def written(name: str) -> TableClause:
    """As the first version knew it."""
    return table(name, *(column(each) for each in FILLED[name]))


def held(conn: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of it."""
    found = {name: conn.execute(select(written(name)).order_by(text("1"))) for name in FILLED}
    return {name: [tuple(row) for row in rows] for name, rows in found.items()}


def kinds(conn: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Each combination of the new columns' values, and how many rows have it."""
    found = {}
    for name, values in NEW.items():
        columns = [column(each) for each in values]
        counted = select(*columns, func.count()).select_from(table(name)).group_by(*columns)
        found[name] = [tuple(row) for row in conn.execute(counted)]
    return found


def spelled(conn: Connection) -> list[tuple[str, str]]:
    """What was said, and as it is looked for."""
    both = [
        select(column("words"), column("words_folded")).select_from(table(name))
        for name in ("mentions", "notes")
    ]
    return [(row.words, row.words_folded) for each in both for row in conn.execute(each)]
