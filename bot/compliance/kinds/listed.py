"""Dates, times and amounts side by side: digits enough for one long number, but a list."""

import re

_LISTED = re.compile(
    r"(?<![0-9])(?:"
    r"(?:19|20)[0-9]{2}([-./])[0-9]{1,2}\1[0-9]{1,2}"  # 2024-10-12
    r"|[0-3]?[0-9]([-./])[0-3]?[0-9]\2(?:(?:19|20)[0-9]{2}|[0-9]{2})"  # 12.10.2024
    r"|[0-2]?[0-9](?::[0-5][0-9]){1,2}"  # 14:30:15
    r"|[0-9]{1,3}(?:,[0-9]{3})*\.[0-9]{2}|[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{2}"  # 1,234.56
    r"|[0-9]{1,3}\.[0-9]{4,8}"  # 48.137154
    r"|[0-9]{3}\) ?[0-9]{3}[-. ][0-9]{4}"  # (415) 555-2671
    r")(?![0-9])"
)
_GAP = re.compile(r"[^0-9]+")
_BETWEEN_NUMBERS = re.compile(r"[,;] |[$€£¥%+=@#&<>]")


def is_list(written: str) -> bool:
    """Whether digits written like this are several numbers, not one in groups.

    One sign between all groups is the sign of one number. Where signs mix, none may be such as
    stands between numbers, and dates, times, amounts and the like must not be half of it.
    """
    gaps = set(_GAP.findall(written))
    if len(gaps) <= 1:
        return False
    signs = {"".join(gap.split()) for gap in gaps} - {""}
    if len(signs) > 1 and any(map(_BETWEEN_NUMBERS.search, gaps)):
        return True
    listed = sum(_digits(match[0]) for match in _LISTED.finditer(written))
    return 2 * listed >= _digits(written)


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)
