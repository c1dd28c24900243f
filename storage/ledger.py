"""An audit line as bytes that anybody can check: canonical JSON (RFC 8785) and a salted leaf.

orjson writes the same bytes as RFC 8785 as long as keys are ASCII and values are texts, lists or
null, which is all there is here; a test holds the two side by side.
"""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
import orjson

from bot.model.audit import AuditEntry
from storage.tables.types import EPOCH, storable

SALT_LENGTH: Final = 16
LEAF_PREFIX: Final = b"\x00"
MILLISECOND: Final = timedelta(milliseconds=1)


class FactsOnly(msgspec.Struct, frozen=True):
    facts: tuple[tuple[str, str], ...]


_facts = msgspec.json.Decoder(FactsOnly)


def facts_of(body: bytes) -> tuple[tuple[str, str], ...]:
    return _facts.decode(body).facts


def body_of(entry: AuditEntry, *, uid: str, at: str) -> bytes:
    return canonical(
        uid=uid,
        at=at,
        actor=entry.actor,
        action=entry.action,
        case_id=entry.case_id,
        effect=entry.effect.value,
        rule=entry.rule,
        policy=entry.policy,
        facts=entry.facts,
    )


def canonical(
    *,
    uid: str,
    at: str,
    actor: str,
    action: str,
    case_id: int | None,
    effect: str,
    rule: str,
    policy: str,
    facts: tuple[tuple[str, str], ...],
) -> bytes:
    """`at` as `rfc3339` writes it. Any text will do: what no column takes is left out here too."""
    return orjson.dumps(
        {
            "action": storable(action),
            "actor": storable(actor),
            "at": at,
            "case": None if case_id is None else str(case_id),
            "effect": effect,
            "facts": [[storable(name), storable(value)] for name, value in facts],
            "policy": storable(policy),
            "rule": storable(rule),
            "uid": uid,
        }
    )


def rfc3339(at: datetime) -> str:
    # Written out, or a whole second would stand without its zeros.
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def new_salt() -> bytes:
    return os.urandom(SALT_LENGTH)


def leaf_of(body: bytes, *, salt: bytes) -> bytes:
    return hashlib.sha256(LEAF_PREFIX + salt + body).digest()


def new_uid(at: datetime) -> str:
    """A UUID of version 7 (RFC 9562): milliseconds first, so that they sort by time."""
    millis = f"{(at - EPOCH) // MILLISECOND:012x}"
    random = os.urandom(10).hex()
    variant = "89ab"[int(random[0], 16) & 3]
    return f"{millis[:8]}-{millis[8:]}-7{random[1:4]}-{variant}{random[5:8]}-{random[8:]}"
