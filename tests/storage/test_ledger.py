"""Canonical bytes are RFC 8785's, and a uid is a version 7 of RFC 9562."""

import uuid
from datetime import timedelta

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from bot.model.audit import AuditEntry
from bot.model.ids import CaseId, PersonKey
from storage.ledger import body_of, facts_of, leaf_of, new_uid, rfc3339
from storage.tables.types import storable
from tests.storage.samples import START

TEXT = st.text(st.characters())


@given(
    action=TEXT,
    actor=TEXT,
    rule=TEXT,
    facts=st.lists(st.tuples(TEXT, TEXT)),
    case=st.none() | st.integers(1),
)
def test_the_bytes_are_canonical(
    action: str, actor: str, rule: str, facts: list[tuple[str, str]], case: int | None
) -> None:
    entry = AuditEntry(
        action, PersonKey(actor), case and CaseId(case), rule=rule, policy="p", facts=tuple(facts)
    )
    body = body_of(entry, uid="u", at=rfc3339(START))
    kept = [[storable(name), storable(value)] for name, value in facts]
    assert body == rfc8785.dumps(
        {
            "uid": "u",
            "at": "2026-03-02T08:30:00.123456Z",
            "action": storable(action),
            "actor": storable(actor),
            "case": case and str(case),
            "effect": "noted",
            "rule": storable(rule),
            "policy": "p",
            "facts": kept,
        }
    )
    assert [list(pair) for pair in facts_of(body)] == kept


def test_a_leaf_is_known() -> None:
    """Held by its value: a leaf computed otherwise would make every old line look changed."""
    assert leaf_of(b"{}", salt=b"s" * 16).hex() == LEAF


LEAF = "697b02fcecb8b7d250b18fed75265bccebf0a3e270d0aab7aedc22a6042700d5"


def test_uids_sort_by_time_and_are_version_seven() -> None:
    uids = [new_uid(START + timedelta(milliseconds=n)) for n in range(200)]
    assert uids == sorted(uids)
    parsed = uuid.UUID(uids[0])
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == int(START.timestamp() * 1000)
    assert str(parsed) == uids[0]
