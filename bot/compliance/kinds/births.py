"""Dates of birth: any date may be one, so the word before it decides."""

import re
from collections.abc import Iterator

from bot.compliance.kinds.base import BARRIER, Found, Harm, Kind, Reading, Rule

BIRTH_DATE = Kind(
    name="birth_date",
    label="date of birth",
    harm=Harm.PERSONAL,
    noun="a date of birth",
    instead="Please leave it out.",
)

_BORN = (
    r"\b(?:born|d\.?o\.?b\b|date of birth|birth ?date|birth ?day"
    r"|geboren|geburtsdatum|geb\.|n[ée]e? le|date de naissance|fecha de nacimiento|nacid[oa]"
    r"|data di nascita|nat[oa] il|geboortedatum)"
)
_MONTH = (
    r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|janv|f[ée]v|avr|juin|juil"
    r"|ao[uû]t|ene|abr|ago|dic)[a-zé]{0,8}\.?"
)
_DAY = r"[0-3]?[0-9]"
_YEAR = r"(?:(?:18|19|20)[0-9]{2}|[0-9]{2})"
_DATE = (
    rf"(?:{_YEAR}[-./][01]?[0-9][-./]{_DAY}|{_DAY}[-./ ]{{1,2}}[01]?[0-9][-./ ]{{1,2}}{_YEAR}"
    rf"|{_DAY}(?:st|nd|rd|th|\.)?(?: of| de)? {_MONTH}(?:,? | de | of ){_YEAR}"
    rf"|[01]?[0-9]/{_DAY}/{_YEAR}|{_MONTH} {_DAY}(?:st|nd|rd|th)?,? {_YEAR})"
)
_EXACT = re.compile(rf"{_BORN}[^0-9\n{BARRIER}]{{0,24}}?({_DATE})(?![0-9])", re.IGNORECASE)


def _births(reading: Reading) -> Iterator[Found]:
    for match in _EXACT.finditer(reading.text):
        yield Found(match.start(1), match.end(1), BIRTH_DATE, BIRTH_DATE.masked())


RULES = (Rule(rf"(?i){_BORN}[^0-9\n]{{0,24}}[0-9jfmasonde]", _births, destroys=False),)
