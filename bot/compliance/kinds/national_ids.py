"""National ids: what the rows of `national_id_rows` describe is found, checked and named here."""

import re
from collections.abc import Iterator

from bot.compliance.kinds.base import LETTERS, WORD, Found, Reading, Rule
from bot.compliance.kinds.context import Beside, Words, roughly
from bot.compliance.kinds.national_id_rows import IDS, NATIONAL_ID, SSN, Id

_BEFORE = rf"(?:(?<![{WORD}./-])|(?<=ssn)|(?<=\b_))"
_AFTER = rf"(?![{LETTERS}]|_[{WORD}]|[-./][0-9])"
_FILL = re.compile(r"[^0-9A-Z+-]")


def _rule(row: Id) -> Rule:
    exact = re.compile(rf"{_BEFORE}(?:{row.shape}){_AFTER}", re.IGNORECASE)
    words = Words(row.words)

    def find(reading: Reading) -> Iterator[Found]:
        matches = list(exact.finditer(reading.text))
        beside = Beside(reading.text, words) if matches and row.words else None
        for match in matches:
            told = beside is None or beside(match.start(), match.end())
            if told and _holds(row, match[0]):
                yield Found(match.start(), match.end(), row.kind, row.kind.masked())

    # The word is rarer than the digits: order numbers wake no rule that asks for one.
    return Rule(roughly(row.words or rf"(?:\b|_)(?:{row.shape})(?:\b|_)"), find, destroys=True)


def _holds(row: Id, written: str) -> bool:
    try:
        return row.check(_FILL.sub("", written.upper()))
    except (LookupError, ArithmeticError, ValueError):
        # The library looks into its tables, and an unheard-of district is none of its own errors.
        return False


RULES = tuple(_rule(row) for row in IDS)

__all__ = ["NATIONAL_ID", "RULES", "SSN"]
