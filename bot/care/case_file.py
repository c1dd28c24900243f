"""A case's whole history as one file that its reader can check away from our database.

All that is told in it is masked. Each line of the record comes as the very bytes that were hashed,
with their salt: SHA-256 over a zero byte, the salt and those bytes is the leaf beside them. Lines
of cases that go on in this one are among them.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.compliance import Guard
from bot.model.case import CaseView
from bot.model.export import FileReport
from bot.model.ids import CaseId
from storage.ledger import leaf_of, rfc3339
from storage.unit_of_work import Records

FORMAT = "usher-case-1"
EVERY = 1_000_000
"""As many posts as a case may ever have."""


@dataclass(frozen=True, slots=True)
class Link:
    """Masked but for its last part: that is the network's own number, and may look like any."""

    shown: str
    last_id: str


def case_file(unit: Records, guard: Guard, view: CaseView) -> bytes:
    case = view.case
    joined = [each.id for each in unit.merging.joined(case.id)]
    # Names, handles and words alike; times and digests, which are no words, come as what they are.
    told = {
        "made_at": unit.now,
        "case": {
            "number": str(case.id),
            "joined": [str(each) for each in joined],
            "revision": str(case.revision),
            "state": case.state.value,
            "source": case.source.value,
            "network": case.author.network,
            "handle": case.author.handle,
            "summary": case.summary,
            "opened_at": case.opened_at,
            "resolved_at": case.resolved_at or "",
        },
        **_history(unit, view),
        "answers": _answers(unit, case.id),
    }
    record = [
        {"number": f"D-{number}", "body": body.decode(), "salt": salt.hex(), "leaf": leaf.hex()}
        for number, body, salt, leaf in unit.audit.lines_of(case.id, *joined)
    ]
    whole = {"format": FORMAT, **guard.clear(told).value, "record": record}
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain).encode(
        "utf-8", "replace"
    )


def check_file(content: bytes) -> FileReport:
    """Each line of the record again from its parts. Raises `ValueError` where it is no such file.

    A line that stands there twice, or before an earlier one, is no line as it was written. That
    none is missing, and that the rest is as it was, the hash of the whole says and nothing else.
    """
    told = json.loads(content)
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ValueError("not an exported case")
    try:
        case, joined = str(told["case"]["number"]), [str(one) for one in told["case"]["joined"]]
        cases = {case, *joined}
        broken, last = list[str](), 0
        for each in told["record"]:
            name, number = str(each["number"]), _number(each["number"])
            if number <= last or not _sound(each, cases):
                broken.append(name)
            last = max(last, number)
        named, digest = " with ".join((case, *joined)), hashlib.sha256(content).hexdigest()
        return FileReport(named, len(told["record"]), tuple(broken), digest)
    except (KeyError, TypeError, RecursionError) as missing:
        raise ValueError("not an exported case") from missing


def _number(name: object) -> int:
    """Of D-17; 0 where it is none."""
    digits = str(name).removeprefix("D-")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 20 else 0


def _sound(line: Mapping[str, Any], cases: Collection[str]) -> bool:
    try:
        body, salt = str(line["body"]).encode(), bytes.fromhex(line["salt"])
        told = json.loads(body)
    except (ValueError, TypeError):
        return False
    right = leaf_of(body, salt=salt).hex() == line["leaf"]
    return right and isinstance(told, dict) and told.get("case") in cases


def _history(unit: Records, view: CaseView) -> dict[str, list[dict[str, object]]]:
    return {
        "posts": [
            {"at": each.created_at, "words": each.words, "link": _link(each.permalink)}
            for each in unit.mentions.of_case(view.case.id, limit=EVERY)
        ],
        "notes": [{"at": each.at, "by": each.by_name, "words": each.words} for each in view.notes],
        "handoffs": [
            {"kind": each.kind, "desk": each.desk, "ticket": each.ticket, "state": each.state}
            for each in view.handoffs
        ],
    }


def _answers(unit: Records, case_id: CaseId) -> list[dict[str, object]]:
    return [
        {
            "made_at": each.made_at,
            "by": each.author_name,
            "way": each.way.value,
            "state": each.state.value,
            "words": each.text,
            "hash": bytes.fromhex(each.hash),
            "link": _link(each.url),
        }
        for each in unit.replies.of_case(case_id)
    ]


def _link(url: str) -> Link:
    shown, slash, last = url.rpartition("/")
    return Link(shown, slash + last)


def _plain(value: object) -> object:
    """As JSON has it, what the guard left as it was."""
    match value:
        case datetime():
            return rfc3339(value)
        case bytes():
            return value.hex()
        case Link():
            return value.shown + value.last_id
    raise TypeError(f"a {type(value).__name__} in a case's file")
