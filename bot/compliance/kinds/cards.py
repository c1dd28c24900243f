"""Payment cards: 12 to 19 digits in any grouping, an issuer's prefix, a right check digit."""

import re
from collections.abc import Iterator
from itertools import accumulate

from bot.compliance.kinds.base import SEPARATOR, Found, Harm, Kind, Reading, Rule
from bot.compliance.kinds.card_issuers import LENGTHS
from bot.compliance.kinds.listed import is_list

CARD = Kind(
    name="card",
    label="card",
    harm=Harm.GRAVE,
    noun="a card number",
    instead="The service desk has a safe way to take it, once the case is handed off to them.",
    detail="••[0-9]{4}",
)
CARD_CODE = Kind(
    name="card_code",
    label="card code",
    harm=Harm.GRAVE,
    noun="the security code of a card",
    instead="Nobody here may ask for it or pass it on; please tell the customer so.",
)

_RUN = re.compile(rf"[0-9](?:{SEPARATOR}*+[0-9]){{11,}}")
_GROUP = re.compile(r"[0-9]+")
_PERMALINK = re.compile(r"https?://\S{1,140}/status(?:es)?/\Z", re.IGNORECASE)
_PARCEL_ORDER = re.compile(r"[0-9]{3}-[0-9]{7}-[0-9]{7}")
"""How a large shop writes its order numbers, a tenth of whose halves could be cards."""
_POST_ID = 17
"""Posts have longer ids than this many digits since 2011; a card of 16 is a card even in a link."""

_DIALLED = 14
"""Digits of a telephone number with an extension, or of a long one without."""
_CODE_AND_NEXT = 4
_SHORTEST_CODE = 3
_EXPIRY_AND_CODE = 10
"""With the year in full; what runs on further is a parcel's number."""

_ONCE = bytes.maketrans(b"0123456789", bytes(range(10)))
_TWICE = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))

_CODE = re.compile(
    r"\b(?:cvv2?|cvc2?|cv2|csc|security code|card verification (?:code|value|number))\b"
    r"(?:[ :#=.-]|is\b|code\b|number\b){0,6}([0-9]{3,4})\b",
    re.IGNORECASE,
)


class _Run:
    """One run of digits, where each stands in the text, and where its groups begin and end."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.at: list[int] = []
        self.groups: list[tuple[int, int]] = []
        for group in _GROUP.finditer(text, start, end):
            first = len(self.at)
            self.at.extend(range(group.start(), group.end()))
            self.groups.append((first, len(self.at)))
        self.digits = "".join(_GROUP.findall(text, start, end))
        self.ends = frozenset(end for _, end in self.groups)
        self._sums = _running_sums(self.digits)

    def is_card(self, start: int, end: int) -> bool:
        """Cheap tests first, since every group of a long text comes by here."""
        sums = self._sums[end % 2]
        if (sums[end] - sums[start]) % 10:
            return False
        return not is_list(self.text[self.at[start] : self.at[end - 1] + 1])

    def is_other(self, start: int, end: int, group_end: int) -> bool:
        return self._is_post_id(start, group_end) or self._is_phone(start, end)

    def _is_phone(self, start: int, end: int) -> bool:
        """With its country's code, or all that follows the code: a tenth could be cards."""
        first = self.at[0]
        return self.text[first - 1 : first] == "+" and start < _CODE_AND_NEXT and end <= _DIALLED

    def _is_post_id(self, start: int, end: int) -> bool:
        before = self.text[max(0, self.at[start] - 160) : self.at[start]]
        return end - start >= _POST_ID and _PERMALINK.search(before) is not None


def _running_sums(digits: str) -> tuple[list[int], list[int]]:
    """Luhn's sum up to each place, once with the even places doubled and once with the odd ones.

    Any window of the run is then a difference of two.
    """
    once = digits.encode().translate(_ONCE)
    twice = digits.encode().translate(_TWICE)
    even, odd = bytearray(once), bytearray(once)
    even[0::2], odd[1::2] = twice[0::2], twice[1::2]
    return list(accumulate(even, initial=0)), list(accumulate(odd, initial=0))


def _window(run: _Run, start: int, group_end: int) -> int | None:
    """Where the card that begins at `start` ends, the longest first."""
    for length in LENGTHS[run.digits[start : start + 4]]:
        end = start + length
        # Expiry or code may be typed on without a gap: there the common lengths end inside a group.
        run_on = length in (15, 16) and _SHORTEST_CODE <= group_end - end <= _EXPIRY_AND_CODE
        if (end in run.ends or run_on) and run.is_card(start, end):
            return end
    return None


def _cards(reading: Reading) -> Iterator[Found]:
    for match in _RUN.finditer(reading.text):
        if _PARCEL_ORDER.fullmatch(match[0]):
            continue
        run = _Run(reading.text, match.start(), match.end())
        done = 0
        for start, group_end in run.groups:
            if start < done or run.digits[start : start + 4] not in LENGTHS:
                continue
            end = _window(run, start, group_end)
            if end is not None and not run.is_other(start, end, group_end):
                last = run.digits[end - 4 : end]
                yield Found(run.at[start], run.at[end - 1] + 1, CARD, CARD.masked(f"••{last}"))
                done = end


def _codes(reading: Reading) -> Iterator[Found]:
    for match in _CODE.finditer(reading.text):
        yield Found(match.start(1), match.end(1), CARD_CODE, CARD_CODE.masked())


# From the first digits of an issuer, so that the stamp in a link does not wake the rule.
_FIRST = r"[345689]|0[^0-9A-Za-z]*6|1[^0-9A-Za-z]*8|2[^0-9A-Za-z]*[1-7]"
_TRIGGER = rf"(?:^|[^0-9])(?:{_FIRST})(?:[^0-9A-Za-z]*[0-9]){{10}}"

RULES = (
    Rule(_TRIGGER, _cards, destroys=True),
    Rule(r"(?i)(?:cvv|cvc|cv2|csc|security code|card verification)", _codes, destroys=True),
)
