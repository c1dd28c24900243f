"""Telephone numbers: libphonenumber decides, on the few stretches that could be one."""

import re
from collections.abc import Iterator

import phonenumbers

from bot.compliance.kinds.base import BARRIER, Found, Harm, Kind, Reading, Rule
from bot.compliance.kinds.context import Beside
from bot.compliance.kinds.phone_shapes import shaped

PHONE = Kind(
    name="phone",
    label="phone",
    harm=Harm.PERSONAL,
    noun="a telephone number",
    instead="Please leave it out.",
    detail="••[0-9]{2}",
)

_BUDGET = 60
"""So many questions to libphonenumber a text; beyond it all that looks like a number is masked."""

_CANDIDATE = re.compile(
    r"(?<![\w+@/#$€£-])(?<![0-9][.:])[+(]{0,2}[0-9](?:[ .()/_-]{0,3}[0-9]){6,14}"
    r"(?:[ ,]{0,2}(?:x|ext\.?) ?[0-9]{1,6})?(?![\w@%]|[-/.][0-9])",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<![0-9./-])(?<!\+[0-9]{3} )(?<!\+[0-9]{2} )(?:[12][0-9]{3}([-./])[0-9]{1,2}\1[0-9]{1,2}"
    r"|[0-2]?[0-9]\.[0-5][0-9] ?- ?[0-2]?[0-9]\.[0-5][0-9]"  # opening hours
    r"|[0-3]?[0-9]([-./])[0-3]?[0-9]\2(?:[12][0-9]{3}|[0-9]{2}))(?![0-9]|[-./][0-9])"
)
_DIALLED = (
    r"\b(?:tel\b|telefon|t[ée]l[ée]ph|phone|call|ring (?:me|us)|dial|mobile?|cell|handy|whats ?app"
    r"|sms|fax|text me|reach|r[üu]ckruf|anruf)"
)
_WORDS = re.compile(rf"{_DIALLED}|\b(?:contact|nummer|number is)", re.IGNORECASE)
_RIGHT_BEFORE = re.compile(
    rf"(?:{_DIALLED}|\bmy (?:new |old )?number)\w*\.?"
    r"(?: (?:me|us|him|her|number|no\.?|nr\.?|nummer)){0,2}"
    r"(?: (?:is|at|on|under|unter|ist|now)|:| ?=){0,2} \Z",
    re.IGNORECASE,
)
_OTHERS = (
    r"\b(?:id|licen[cs]e|passport|order|invoice|bill|ref|reference|ticket|tracking|parcel|policy"
    r"|claim|case|contract|account|acct|booking|reservation|confirmation|serial|imei|isbn|vat|model"
    r"|(?:member(?:ship)?|customer) (?:number|id)|flight|bestell\w*|rechnung\w*|auftrag\w*"
    r"|kunden\w*|vertrag\w*|konto\w*|sendung\w*)\b"
)
_OTHER = re.compile(_OTHERS, re.IGNORECASE)
_OTHER_NUMBER = re.compile(
    rf"{_OTHERS}(?P<gap>[^.!?;,\n0-9{BARRIER}]{{0,24}}(?:no|nr)?\.?[ :#]{{0,3}})\Z", re.IGNORECASE
)
_EXTENSION = re.compile(r"[ ,]{0,2}(?:x|ext).*", re.IGNORECASE)
_GROUP = re.compile(r"[0-9]+")
_NEAR = 48


class _Asking:
    """The questions put to libphonenumber about one text."""

    def __init__(self, reading: Reading, text: str) -> None:
        self._regions = reading.regions
        self._text = text
        self._others = _OTHER.search(text) is not None
        self._left = _BUDGET

    def is_phone(self, match: re.Match[str], number: str, beside: Beside) -> bool:
        """With a word beside it that says so, a looser form will do."""
        if number.startswith(("+", "(+")):
            return self._abroad(number)
        if number.startswith("00") and self._abroad(number):
            return True
        groups = _GROUP.findall(number)
        before = self._text[max(0, match.start() - _NEAR) : match.start()]
        if self._others and _of_something_else(before):
            return False
        trunk, called = number.startswith("0"), beside(match.start(), match.end())
        if len(groups) == 1 and called and len(number) <= 13 and (trunk or _told(before)):
            return True
        if len(groups) == 1 and not called and not trunk:
            return False
        if len(number) < len(match[0]) or (_called(groups) if called else shaped(number, groups)):
            return True
        return self._local(number, groups, called=called)

    def _local(self, number: str, groups: list[str], *, called: bool) -> bool:
        return any(self._at_home(number, region, groups, called) for region in self._regions)

    def _abroad(self, number: str) -> bool:
        international = "+" + re.sub(r"[^0-9]", "", number).lstrip("0")
        parsed = self._parsed(international, None)
        return parsed is True or (parsed is not False and phonenumbers.is_possible_number(parsed))

    def _at_home(self, number: str, region: str, groups: list[str], called: bool) -> bool:
        american = region in ("US", "CA")
        if not called and not american and not number.lstrip("(").startswith("0"):
            return False
        if not called and american and [len(group) for group in groups[-3:]] != [3, 3, 4]:
            return False
        parsed = self._parsed(number, region)
        return parsed is True or (parsed is not False and phonenumbers.is_valid_number(parsed))

    def _parsed(self, number: str, region: str | None) -> phonenumbers.PhoneNumber | bool:
        """True when the budget is used up, False when it is no number at all."""
        if self._left <= 0:
            return True
        self._left -= 1
        try:
            return phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            return False


def _called(groups: list[str]) -> bool:
    return len(groups) >= 2 and 7 <= sum(map(len, groups)) <= 15


def _told(before: str) -> bool:
    return _RIGHT_BEFORE.search(before) is not None


def _of_something_else(before: str) -> bool:
    """Whether the words before say which other number it is: an order's, a licence's."""
    other = _OTHER_NUMBER.search(before)
    return other is not None and re.search(_DIALLED, other["gap"], re.IGNORECASE) is None


def _phones(reading: Reading) -> Iterator[Found]:
    text = _DATE.sub(lambda date: BARRIER * len(date[0]), reading.text)
    asking = _Asking(reading, text)
    candidates = list(_CANDIDATE.finditer(text))
    local = any(not match[0].startswith(("+", "(+")) for match in candidates)
    beside = Beside(text if local else "", _WORDS)
    for match in candidates:
        number = _EXTENSION.sub("", match[0])
        if asking.is_phone(match, number, beside):
            last = re.sub(r"[^0-9]", "", number)[-2:]
            yield Found(match.start(), match.end(), PHONE, PHONE.masked(f"••{last}"))


# With an end on both sides, so that the long id in a post's link does not wake the rule.
_TRIGGER = r"(?:^|[^0-9A-Za-z_@/#$€£-])[0-9](?:[ .()/_\-]{0,3}[0-9]){6,14}(?:[^0-9]|$)"

RULES = (Rule(_TRIGGER, _phones, destroys=False),)
