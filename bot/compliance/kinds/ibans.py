"""Bank accounts by IBAN: the country says how long it is, mod 97 whether it is one."""

import re
from collections.abc import Iterator

from stdnum import iban, numdb
from stdnum.no import kontonr

from bot.compliance.kinds.base import LETTERS, SEPARATOR, Found, Harm, Kind, Reading, Rule

IBAN = Kind(
    name="iban",
    label="IBAN",
    harm=Harm.GRAVE,
    noun="a bank account number",
    instead="The service desk has a safe way to take it, once the case is handed off to them.",
    detail="[A-Z]{2} ••[0-9A-Z]{4}",
)

_START = re.compile(
    rf"(?:(?<![{LETTERS}])|(?<=iban))([a-z]){SEPARATOR}*+([a-z])(?=(?:{SEPARATOR}*+[0-9]){{2}})",
    re.IGNORECASE,
)
_PART = re.compile(r"(\d+)!([nac])")
_SIGNS = {"n": "[0-9]", "a": "[A-Za-z]", "c": "[0-9A-Za-z]"}
_SEPARATORS = re.compile(r"[^0-9A-Za-z]+")


def _shape(country: str) -> re.Pattern[str] | None:
    """How an IBAN of that country is built, by the registry that stdnum keeps."""
    for part, facts in numdb.get("iban").info(country):
        if part == country and "bban" in facts:
            signs = f"{SEPARATOR}*+[0-9]" * 2
            for size, sort in _PART.findall(facts["bban"]):
                signs += rf"(?:{SEPARATOR}*+{_SIGNS[sort]}){{{size}}}"
            return re.compile(f"[A-Za-z]{SEPARATOR}*+[A-Za-z]{signs}")
    return None


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHAPES = {
    country: shape
    for country in (first + second for first in _LETTERS for second in _LETTERS)
    if (shape := _shape(country)) is not None
}


_WORTH = {ord(letter): str(10 + place) for place, letter in enumerate(_LETTERS)}


def _ibans(reading: Reading) -> Iterator[Found]:
    done = 0
    for match in _START.finditer(reading.text):
        shape = _SHAPES.get(f"{match[1]}{match[2]}".upper())
        if shape is None or match.start(1) < done:
            continue
        written = shape.match(reading.text, match.start(1))
        if written is None:
            continue
        number = _SEPARATORS.sub("", written[0]).upper()
        if not _checks(number):
            continue
        done = written.end()
        yield Found(match.start(1), done, IBAN, IBAN.masked(f"{number[:2]} ••{number[-4:]}"))


def _checks(number: str) -> bool:
    turned = number[4:] + number[:4]
    # The plain remainder turns down 96 of 97 before the library's slower look at the structure.
    if int(turned.translate(_WORTH)) % 97 != 1:
        return False
    if number.startswith("NO") and not kontonr.is_valid(number[4:]):
        return False  # "Order no. 1234567890123" has the shape of a Norwegian one
    return bool(iban.is_valid(number, check_country=False))


def _countries() -> str:
    """By their first letter, so that the trigger stays small."""
    first = sorted({country[0] for country in _SHAPES})
    return "|".join(
        f"{letter}[^0-9a-z]*[{''.join(country[1] for country in _SHAPES if country[0] == letter)}]"
        for letter in first
    )


# After the check digits at most a bank's four letters, then digits, in whatever grouping.
_TRIGGER = (
    rf"(?i)(?:^|[^0-9a-z]|iban)(?:{_countries()})(?:[^0-9a-z]*[0-9]){{2}}"
    r"(?:[^0-9a-z]*[a-z]){0,4}(?:[^0-9a-z]*[0-9]){3}(?:[^0-9a-z]*[0-9a-z]){4}"
)

RULES = (Rule(_TRIGGER, _ibans, destroys=True),)
