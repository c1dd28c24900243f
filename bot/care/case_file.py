"""A case's whole history as one file that its reader can check away from our database.

People's words stand in it masked. Each line of the record comes as the very bytes that were hashed,
with their salt: SHA-256 over a zero byte, the salt and those bytes is the leaf beside them.
"""

import json
from collections.abc import Mapping
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


def case_file(unit: Records, guard: Guard, view: CaseView) -> bytes:
    case = view.case
    told = {
        "format": FORMAT,
        "made_at": rfc3339(unit.now),
        "case": {
            "number": str(case.id),
            "revision": str(case.revision),
            "state": case.state.value,
            "source": case.source.value,
            "network": case.author.network,
            "handle": case.author.handle,
            "summary": case.summary,
            "opened_at": rfc3339(case.opened_at),
            "resolved_at": _when(case.resolved_at),
        },
        **_history(unit, view),
        "answers": _answers(unit, guard, case.id),
        "record": [
            {"number": f"D-{number}", "body": body.decode(), "salt": salt.hex(), "leaf": leaf.hex()}
            for number, body, salt, leaf in unit.audit.lines_of(case.id)
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def check_file(content: bytes) -> FileReport:
    """Each line of the record again from its parts. Raises `ValueError` where it is no such file.

    That no line is missing it cannot say.
    """
    told = json.loads(content)
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ValueError("not an exported case")
    try:
        case = str(told["case"]["number"])
        broken = [str(each["number"]) for each in told["record"] if not _sound(each, case)]
        return FileReport(case, len(told["record"]), tuple(broken))
    except (KeyError, TypeError) as missing:
        raise ValueError("not an exported case") from missing


def _sound(line: Mapping[str, Any], case: str) -> bool:
    try:
        body, salt = str(line["body"]).encode(), bytes.fromhex(line["salt"])
        told = json.loads(body)
    except (ValueError, TypeError):
        return False
    right = leaf_of(body, salt=salt).hex() == line["leaf"]
    return right and isinstance(told, dict) and told.get("case") == case


def _history(unit: Records, view: CaseView) -> dict[str, list[dict[str, str]]]:
    return {
        "posts": [
            {"at": rfc3339(each.created_at), "words": each.words, "link": each.permalink}
            for each in unit.mentions.of_case(view.case.id, limit=EVERY)
        ],
        "notes": [
            {"at": rfc3339(each.at), "by": each.by_name, "words": each.words} for each in view.notes
        ],
        "handoffs": [
            {"kind": each.kind, "desk": each.desk, "ticket": each.ticket, "state": each.state}
            for each in view.handoffs
        ],
    }


def _answers(unit: Records, guard: Guard, case_id: CaseId) -> list[dict[str, str]]:
    return [
        {
            "made_at": rfc3339(each.made_at),
            "by": each.author_name,
            "way": each.way.value,
            "state": each.state.value,
            "words": guard.mask(each.text),
            "hash": each.hash,
            "link": each.url,
        }
        for each in unit.replies.of_case(case_id)
    ]


def _when(at: datetime | None) -> str:
    return "" if at is None else rfc3339(at)
