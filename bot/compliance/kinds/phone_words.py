"""Words beside a number that say it is a telephone's, or another number altogether."""

import re

from bot.compliance.kinds.base import BARRIER
from bot.compliance.kinds.context import Words

_DIALLED = (
    r"\b(?:tel\b|ph\b|telefon|t[ée]l[ée]ph|phone|call|ring (?:me|us)|dial|mobile?|cell|handy"
    r"|whats ?app|sms|fax|text me|reach|r[üu]ckruf|anruf)"
)
WORDS = Words(rf"{_DIALLED}|\b(?:contact|nummer|number is)")
_RIGHT_BEFORE = re.compile(
    rf"(?:{_DIALLED}|\bmy (?:new |old )?number)\w*\.?"
    r"(?: (?:me|us|him|her|number|no\.?|nr\.?|nummer)){0,2}"
    r"(?: (?:is|at|on|under|unter|ist|now)|:| ?=){0,2} \Z",
    re.IGNORECASE,
)
_OTHERS = (
    r"\b(?:id|licen[cs]e|passport|order|invoice|bill|ref|reference|ticket|tracking|parcel|policy"
    r"|claim|case|contract|account|acct|booking|reservation|confirmation|serial|imei|isbn|vat|model"
    r"|routing|aba|sort code|blz|ssn|nino|rma|ean|gtin|upc|sku"
    r"|(?:member(?:ship)?|customer) (?:number|id)|flight|bestell\w*|rechnung\w*|auftrag\w*"
    r"|kunden\w*|vertrag\w*|konto\w*|sendung\w*)\b"
)
OTHERS = Words(_OTHERS)
_OTHER_NUMBER = re.compile(
    rf"{_OTHERS}(?P<gap>[^.!?;,\n0-9{BARRIER}]{{0,24}}(?:no|nr)?\.?[ :#]{{0,3}})\Z", re.IGNORECASE
)


def told(before: str) -> bool:
    return _RIGHT_BEFORE.search(before) is not None


def of_something_else(before: str) -> bool:
    """Whether the words before say which other number it is: an order's, a licence's."""
    other = _OTHER_NUMBER.search(before)
    return other is not None and re.search(_DIALLED, other["gap"], re.IGNORECASE) is None
