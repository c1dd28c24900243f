"""Telephone numbers: libphonenumber decides, on the few stretches that could be one."""

import re
from collections.abc import Iterator
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata

from bot.compliance.kinds.base import BARRIER, LETTERS, WORD, Found, Harm, Kind, Reading, Rule
from bot.compliance.kinds.context import Beside
from bot.compliance.kinds.phone_shapes import is_series, shaped
from bot.compliance.kinds.phone_words import OTHERS, WORDS, of_something_else, told

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

_ANOTHER = r" ?[(+]{0,2}[0-9](?:[ ().-]{0,2}[0-9]){8}"
"""Behind a slash: a number of its own, not the rest of the one before."""
# Both begin with a sign that the engine leaps to; what must not stand before it comes after.
_CANDIDATE = re.compile(
    rf"[+(0-9](?:(?<![{WORD}+@/#$€£-].)|(?<=[a-z]#.)|(?<=\b_.)|(?<=[a-z]\+)|(?<=[0-9]/.))"
    r"(?<![0-9][.:].)"
    r"(?:(?<=[0-9])|(?<=[+(])[+(]?[0-9])"
    rf"(?:(?:[ .()_-]|/(?!{_ANOTHER})){{0,3}}[0-9]){{6,14}}"
    rf"(?:[ ,]{{0,2}}(?:x|ext\.?) ?[0-9]{{1,6}})?"
    rf"(?![{LETTERS}@%]|_[{WORD}]|[-.][0-9]|/(?!{_ANOTHER})[0-9])",
    re.IGNORECASE,
)
_DAY = r"(?:(?<=[0-3])[0-9])?"
_DATE = re.compile(
    r"[0-9](?<![0-9./-].)(?<!\+[0-9]{3} .)(?<!\+[0-9]{2} .)"
    r"(?:(?<=[12])[0-9]{3}([-./])[0-9]{1,2}\1[0-9]{1,2}"
    rf"|{_DAY}([-./])[0-3]?[0-9]\2(?:[12][0-9]{{3}}|[0-9]{{2}})"
    rf"|{_DAY}\.(?:0?[1-9]|1[0-2])\.(?=[ ,;)\n])"  # 24.12.
    rf"|{_DAY}\.[0-5][0-9] ?- ?[0-2]?[0-9]\.[0-5][0-9]"  # opening hours
    rf"|(?<![0-9] .){_DAY} [01]?[0-9] 20[0-9]{{2}}"  # 24 12 2024
    r"|(?<=2)0[0-9]{2} [01][0-9] [0-3][0-9](?: [0-2][0-9] [0-5][0-9])?"  # 2024 12 24 17 30
    r")(?![0-9]|[-./][0-9])"
)
_AMERICAN = ("US", "CA")
_EXTENSION = re.compile(r"[ ,]{0,2}(?:x|ext).*", re.IGNORECASE)
_NO_DIGIT = re.compile(r"[^0-9]+")
_GROUP = re.compile(r"[0-9]+")
_NEAR = 48


class _Asking:
    """The questions put to libphonenumber about one text."""

    def __init__(self, reading: Reading, text: str) -> None:
        self._regions = reading.regions
        self._text = text
        self._others = OTHERS.stand_in(text)
        self._left = _BUDGET

    def is_phone(self, match: re.Match[str], number: str, beside: Beside) -> bool:
        """With a word beside it that says so, a looser form will do."""
        if number.startswith(("+", "(+")):
            return self._abroad(number)
        if number.startswith("00") and self._abroad(number):
            return True
        if number.startswith("011 ") and self._abroad(number[len("011") :]):
            return True
        groups = _GROUP.findall(number)
        before = self._text[max(0, match.start() - _NEAR) : match.start()]
        if self._others and of_something_else(before):
            return False
        trunk, called = number.startswith("0"), beside(match.start(), match.end())
        if len(groups) == 1 and called and len(number) <= 13 and (trunk or told(before)):
            return True
        if len(groups) == 1 and not called and not trunk:
            return False
        if len(number) < len(match[0]) or (_called(groups) if called else shaped(number, groups)):
            return True
        return self._local(number, groups, called=called)

    def _local(self, number: str, groups: list[str], *, called: bool) -> bool:
        american = called or [len(group) for group in groups[-3:]] == [3, 3, 4]
        trunk = called or number.lstrip("(").startswith("0")
        if not (american or trunk):
            return False
        return any(
            self._at_home(number, region)
            for region in self._regions
            if (american if region in _AMERICAN else trunk)
        )

    def _abroad(self, number: str) -> bool:
        digits = _NO_DIGIT.sub("", number).lstrip("0")
        if is_long_enough(digits):
            return True
        parsed = self._parsed(f"+{digits}", None)
        return parsed is True or (parsed is not False and phonenumbers.is_possible_number(parsed))

    def _at_home(self, number: str, region: str) -> bool:
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


def is_long_enough(digits: str) -> bool:
    """What libphonenumber would say after a longer look: as long as numbers of that country are."""
    for size in (1, 2, 3):
        lengths = _lengths(digits[:size])
        if lengths:
            return len(digits) - size in lengths
    return False


@cache
def _lengths(code: str) -> frozenset[int]:
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code or 0), ())
    facts = PhoneMetadata.metadata_for_region(regions[0], None) if regions else None
    if facts is None or facts.general_desc is None:
        return frozenset()
    return frozenset(facts.general_desc.possible_length)


def _called(groups: list[str]) -> bool:
    return len(groups) >= 2 and 7 <= sum(map(len, groups)) <= 15 and not is_series(groups)


def _phones(reading: Reading) -> Iterator[Found]:
    text = _DATE.sub(lambda date: BARRIER * len(date[0]), reading.text)
    asking = _Asking(reading, text)
    candidates = list(_CANDIDATE.finditer(text))
    local = any(not match[0].startswith(("+", "(+")) for match in candidates)
    beside = Beside(text if local else "", WORDS)
    for match in candidates:
        number = _EXTENSION.sub("", match[0]).replace("_", "-")
        if asking.is_phone(match, number, beside):
            last = _NO_DIGIT.sub("", number)[-2:]
            start = match.start() + (match[0].startswith("(") and ")" not in match[0])
            yield Found(start, match.end(), PHONE, PHONE.masked(f"••{last}"))


# With an end on both sides, so that the long id in a post's link does not wake the rule.
_TRIGGER = (
    r"(?:^|[^0-9A-Za-z_@/#$€£-]|[A-Za-z]#|\b_)[0-9](?:[ .()/_\-]{0,3}[0-9]){6,14}(?:[^0-9]|$)"
)

RULES = (Rule(_TRIGGER, _phones, destroys=False),)
