"""How people write telephone numbers of countries we were not told of: the grouping gives it away.

Every shape here is one that amounts, dates, opening hours and order numbers do not take; a national
number in another shape needs a word beside it, or its region in app.yaml.
"""

import re
from itertools import pairwise

_LINK = r"[ -]"
_SHAPES = re.compile(
    r"(?:1[-. ])?\([0-9]{3}\) ?[0-9]{3}[-. ][0-9]{4}"  # (415) 555-2671
    r"|(?:1[-.])?[0-9]{3}(?P<us>[-.])[0-9]{3}(?P=us)[0-9]{4}"  # 415-555-2671
    r"|\((?!19|20)[0-9]{2,4}\)[ /-]?[0-9]{2,9}(?:[ -][0-9]{2,5}){0,3}"  # (96) 627-277
    rf"|[0-9]{{2}}(?P<two>{_LINK})[0-9]{{2}}(?P=two)[0-9]{{2}}(?P=two)[0-9]{{2}}"  # 60-56-85-91
    rf"|[0-9]{{3}}(?P<three>{_LINK})[0-9]{{3}}(?P=three)[0-9]{{3,4}}"  # 512 303 553
    rf"|[0-9]{{2}}(?P<four>{_LINK})[0-9]{{3,4}}(?P=four)[0-9]{{4}}"  # 21 234 0136
    rf"|[0-9]{{3}}(?P<five>{_LINK})[0-9]{{2}}(?P=five)[0-9]{{3}}"  # 454 12 345
    r"|[0-9]{2} [0-9]{4,5}-[0-9]{4}"  # 11 96120-3730
    r"|1[3-9][0-9](?P<six>[ -])[0-9]{4}(?P=six)[0-9]{4}"  # 138 1234 5678
    r"|[6-9][0-9]{4} [0-9]{5}"  # 98765 43210
    r"|8 ?\(9[0-9]{2}\) ?[0-9]{3}-[0-9]{2}-?[0-9]{2}"  # 8 (916) 123-45-67
)
_TRUNK = re.compile(r"\(?0[1-9][0-9]{0,4}\)?(?P<first> ?[-/.] ?| )?(?P<rest>[0-9][0-9 ./-]*)")
"""With the zero that is dialled at home. After the first group one sign separates all others."""
_PAIR = 2
_STEP = 10
"""Further apart are the pairs of a number made up to be remembered: 12 34 56 78."""
_ANY_GAP = re.compile(r"[^0-9]+")


def shaped(number: str, groups: list[str]) -> bool:
    """Whether it is written as numbers of telephones are and little else is."""
    digits = sum(map(len, groups))
    if not 8 <= digits <= 12 or len(groups) < 2:
        return False
    usual = len(groups) >= 4 and digits >= 9 and all(2 <= len(group) <= 4 for group in groups)
    if usual or _SHAPES.fullmatch(number) or _trunk(number, digits):
        return not is_series(groups)
    return False


def is_series(groups: list[str]) -> bool:
    """100 200 300, 10-12-14-16-18: round, or evenly apart."""
    if len(groups) <= _PAIR:
        return False
    steps = {int(after) - int(before) for before, after in pairwise(groups)}
    near = len(steps) == 1 and abs(min(steps)) <= _STEP
    return near or all(group.endswith("00") for group in groups)


def _trunk(number: str, digits: int) -> bool:
    match = _TRUNK.fullmatch(number)
    if match is None or (match["first"] is None and ")" not in number):
        return False
    gaps = set(_ANY_GAP.findall(match["rest"]))
    return len(gaps) <= 1 and (digits >= 9 or bool(gaps))
