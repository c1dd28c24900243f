"""National ids: what the rows of `national_id_rows` describe is found, checked and named here."""

import re
from collections.abc import Iterator

from bot.compliance.kinds.base import Found, Reading, Rule
from bot.compliance.kinds.context import Beside
from bot.compliance.kinds.national_id_rows import IDS, NATIONAL_ID, SSN, Id

_FILL = re.compile(r"[^0-9A-Z+-]")


def _rule(row: Id) -> Rule:
    exact = re.compile(rf"(?<![\w./-])(?:{row.shape})(?![\w]|[-./][0-9])", re.IGNORECASE)
    words = re.compile(row.words, re.IGNORECASE)

    def find(reading: Reading) -> Iterator[Found]:
        beside = Beside(reading.text, words) if row.words else None
        if beside is not None and not beside:
            return
        for match in exact.finditer(reading.text):
            told = beside is None or beside(match.start(), match.end())
            if told and _holds(row, match[0]):
                yield Found(match.start(), match.end(), row.kind, row.kind.masked())

    # The word is rarer than the digits: order numbers wake no rule that asks for one.
    return Rule(
        rf"(?i){row.words}" if row.words else rf"(?i)\b(?:{row.shape})\b", find, destroys=True
    )


def _holds(row: Id, written: str) -> bool:
    try:
        return row.check(_FILL.sub("", written.upper()))
    except (LookupError, ArithmeticError, ValueError):
        # The library looks into its tables, and an unheard-of district is none of its own errors.
        return False


RULES = tuple(_rule(row) for row in IDS)

__all__ = ["NATIONAL_ID", "RULES", "SSN"]
