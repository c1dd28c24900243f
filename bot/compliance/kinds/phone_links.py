"""Telephone numbers in links that call or write to them: wa.me/14155552671, tel:+14155552671."""

import re
from collections.abc import Iterator

from bot.compliance.kinds.base import Found, Reading, Rule
from bot.compliance.kinds.phones import PHONE, is_long_enough

_LINK = r"(?:\bwa\.me/|\bwhatsapp\.com/send/?\?phone=|\bwhatsapp:(?://)?send/?\?phone=)"
_EXACT = re.compile(rf"{_LINK}(\+? ?[0-9](?:[ -]?[0-9]){{6,14}})(?![0-9])", re.IGNORECASE)
# One sign of another kind between all groups; three digits at the end make an amount.
_ODD = re.compile(
    r"\+(?<![\w+][+])[0-9]{1,3}(?P<sign>[*|,~:\\])(?:\(?[0-9]{2,4}\)?(?P=sign)){1,4}"
    r"(?:[0-9]{2}|[0-9]{4,8})(?![\w]|(?P=sign)[0-9])"
)

_GROUP = re.compile(r"[0-9]+")
_FEWEST, _FEWEST_IN_LIST = 9, 3
"""Digits in all, and in a group behind a comma: +20,30,40,50 counts something."""


def _linked(reading: Reading) -> Iterator[Found]:
    for match in _EXACT.finditer(reading.text):
        yield _phone(match.start(1), match.end(), match[1])


def _odd(reading: Reading) -> Iterator[Found]:
    for match in _ODD.finditer(reading.text):
        groups = _GROUP.findall(match[0])
        a_list = match["sign"] == "," and min(map(len, groups[1:])) < _FEWEST_IN_LIST
        digits = "".join(groups)
        if not a_list and len(digits) >= _FEWEST and is_long_enough(digits):
            yield _phone(match.start(), match.end(), match[0])


def _phone(start: int, end: int, written: str) -> Found:
    return Found(start, end, PHONE, PHONE.masked(f"••{written[-2:]}"))


RULES = (
    Rule(rf"(?i){_LINK}\+? ?[0-9]", _linked, destroys=False),
    Rule(r"\+[0-9]{1,3}[*|,~:\\]\(?[0-9]{2,4}\)?[*|,~:\\]", _odd, destroys=False),
)
