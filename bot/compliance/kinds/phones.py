"""Telephone numbers: libphonenumber decides, on the few stretches that could be one."""

import re
from collections.abc import Iterator

import phonenumbers

from bot.compliance.kinds.base import BARRIER, Found, Kind, Reading, Rule
from bot.compliance.kinds.context import Beside

PHONE = Kind(
    name="phone",
    label="phone",
    destroyed=False,
    noun="a telephone number",
    instead="Please leave it out.",
    detail="••[0-9]{2}",
)

_BUDGET = 60
"""So many questions to libphonenumber a text; beyond it all that looks like a number is masked."""

_CANDIDATE = re.compile(
    r"(?<![\w.+@/#$€£-])[+(]{0,2}[0-9](?:[ .()/_-]{0,3}[0-9]){6,14}"
    r"(?:[ ,]{0,2}(?:x|ext\.?) ?[0-9]{1,6})?(?![\w@%])",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<![0-9./-])(?:[12][0-9]{3}([-./])[0-9]{1,2}\1[0-9]{1,2}"
    r"|[0-3]?[0-9]([-./])[0-3]?[0-9]\2(?:[12][0-9]{3}|[0-9]{2}))(?![0-9]|[-./][0-9])"
)
_WORDS = re.compile(
    r"\b(?:tel|telefon|phone|call|ring|dial|mobile?|cell|handy|whats ?app|sms|text me|fax|reach"
    r"|contact|r[üu]ckruf|anruf|nummer|number is)",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"[ ,]{0,2}(?:x|ext).*", re.IGNORECASE)
_GROUP = re.compile(r"[0-9]+")


class _Asking:
    """The questions put to libphonenumber about one text."""

    def __init__(self, regions: tuple[str, ...]) -> None:
        self._regions = regions
        self._left = _BUDGET

    def is_phone(self, number: str, *, called: bool) -> bool:
        """`called`: a word beside it says that it is one, so that a looser form will do."""
        if number.startswith(("+", "(+", "00")):
            return self._abroad("+" + re.sub(r"[^0-9]", "", number).lstrip("0"))
        groups = _GROUP.findall(number)
        if len(groups) == 1 and not called and not number.startswith("0"):
            return False
        if _grouped(number, groups, called=called):
            return True
        return any(self._at_home(number, region, groups, called) for region in self._regions)

    def _abroad(self, number: str) -> bool:
        parsed = self._parsed(number, None)
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


def _grouped(number: str, groups: list[str], *, called: bool) -> bool:
    """Written the way people write numbers of countries we do not know of."""
    digits = sum(map(len, groups))
    if called:
        return len(groups) >= 2 and 7 <= digits <= 15
    usual = all(2 <= len(group) <= 4 for group in groups)
    return usual and 9 <= digits <= 12 and (len(groups) >= 4 or ("(" in number and len(groups) > 2))


def _phones(reading: Reading) -> Iterator[Found]:
    asking = _Asking(reading.regions)
    text = _DATE.sub(lambda date: BARRIER * len(date[0]), reading.text)
    candidates = list(_CANDIDATE.finditer(text))
    beside = Beside(text if candidates else "", _WORDS)
    for match in candidates:
        called = beside(match.start(), match.end())
        number = _EXTENSION.sub("", match[0])
        if asking.is_phone(number, called=called):
            last = re.sub(r"[^0-9]", "", number)[-2:]
            yield Found(match.start(), match.end(), PHONE, PHONE.masked(f"••{last}"))


# With an end on both sides, so that the long id in a post's link does not wake the rule.
_TRIGGER = r"(?:^|[^0-9])[0-9](?:[ .()/_\-]{0,3}[0-9]){6,14}(?:[^0-9]|$)"

RULES = (Rule(_TRIGGER, _phones, destroys=False),)
