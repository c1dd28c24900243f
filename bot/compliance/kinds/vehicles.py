"""Vehicle identification numbers: a dealer's papers lead from one to its keeper."""

import re
from collections.abc import Iterator

from bot.compliance.kinds.base import Found, Harm, Kind, Reading, Rule
from bot.compliance.kinds.context import Beside, Words

VIN = Kind(
    name="vin",
    label="VIN",
    harm=Harm.PERSONAL,
    noun="a vehicle identification number",
    instead="Please leave it out.",
)

_SHAPE = r"[0-9A-HJ-NPR-Z]{3}[ -]?[0-9A-HJ-NPR-Z]{6}[ -]?[0-9A-HJ-NPR-Z]{2}[ -]?[0-9A-HJ-NPR-Z]{6}"
_EXACT = re.compile(rf"(?<![\w/.-])(?:{_SHAPE})(?![\w/-]|\.\w)", re.IGNORECASE)
_WORDS = Words(r"\bvin\b|chassis|fahrgestell|\bfin\b|frame n|vehicle id")
_VALUES = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", "012345678912345678123457923456789", strict=True)
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK_PLACE = 8
_FEWEST = 3
"""Letters, and digits: a word has none of these, an order number none of those."""


def _checks(number: str) -> bool:
    """By the check digit of ISO 3779, which North America demands and Europe leaves free."""
    total = sum(int(_VALUES[sign]) * weight for sign, weight in zip(number, _WEIGHTS, strict=True))
    return number[_CHECK_PLACE] == "0123456789X"[total % 11]


def _vins(reading: Reading) -> Iterator[Found]:
    beside = Beside(reading.text, _WORDS)
    for match in _EXACT.finditer(reading.text):
        number = re.sub(r"[ -]", "", match[0]).upper()
        digits = sum(sign.isdigit() for sign in number)
        if not _FEWEST <= digits <= len(number) - _FEWEST + 1:
            continue
        if beside(match.start(), match.end()) or (number == match[0] and _checks(number)):
            yield Found(match.start(), match.end(), VIN, VIN.masked())


RULES = (Rule(rf"(?i)\b{_SHAPE}\b", _vins, destroys=False),)
