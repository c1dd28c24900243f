"""Bank accounts by IBAN: the country says how long it is, mod 97 whether it is one."""

import re
from collections.abc import Iterator

from stdnum import iban, numdb

from bot.compliance.kinds.base import BARRIER, Found, Kind, Reading, Rule

IBAN = Kind(
    name="iban",
    label="IBAN",
    destroyed=True,
    noun="a bank account number",
    instead="The service desk has a safe way to take it: hand the case off to them instead.",
)

_START = re.compile(
    rf"(?:(?<![^\W_])|(?<=iban))([a-z]{{2}}[ -]?[0-9]{{2}})(?=[^\[\]{BARRIER}]?[0-9a-z])",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[ .\-\n]{0,3}([0-9A-Za-z])")
_PARTS = re.compile(r"(\d+)!")


def _length(country: str) -> int | None:
    """How many characters an IBAN of that country has, by the registry that stdnum keeps."""
    for part, facts in numdb.get("iban").info(country):
        if part == country and "bban" in facts:
            return 4 + sum(int(size) for size in _PARTS.findall(facts["bban"]))
    return None


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LENGTHS = {
    country: length
    for country in (first + second for first in _LETTERS for second in _LETTERS)
    if (length := _length(country)) is not None
}


def _collect(text: str, start: int, length: int) -> tuple[str, int] | None:
    """The next `length` letters and digits from `start`, groups joined, and where they end."""
    kept: list[str] = []
    at = start
    while len(kept) < length:
        match = _NEXT.match(text, at)
        if match is None:
            return None
        kept.append(match[1])
        at = match.end()
    return "".join(kept).upper(), at


def _ibans(reading: Reading) -> Iterator[Found]:
    done = 0
    for match in _START.finditer(reading.text):
        length = _LENGTHS.get(match[1][:2].upper())
        if length is None or match.start(1) < done:
            continue
        collected = _collect(reading.text, match.start(1), length)
        if collected is None or not _checks(collected[0]):
            continue
        number, done = collected
        yield Found(match.start(1), done, IBAN, IBAN.masked(f"{number[:2]} ••{number[-4:]}"))


def _checks(number: str) -> bool:
    turned = number[4:] + number[:4]
    # The plain remainder turns down 96 of 97 before the library's slower look at the structure.
    if int("".join(str(int(sign, 36)) for sign in turned)) % 97 != 1:
        return False
    return bool(iban.is_valid(number, check_country=False))


RULES = (
    Rule(
        r"(?i)(?:\b|_|iban)[a-z]{2}[ -]?[0-9]{2}(?:[ .\-\n]{0,3}[0-9a-z]){11}",
        _ibans,
        destroys=True,
    ),
)
