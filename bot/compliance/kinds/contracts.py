"""Numbers of policies, accounts and memberships: nothing in them tells, the words before them do.

Where the organisation knows how its own look, guard.numbers of app.yaml finds them without a word.
"""

import re
from collections.abc import Iterator

from bot.compliance.kinds.base import Found, Harm, Kind, Reading, Rule

ACCOUNT = Kind(
    name="account_number",
    label="account number",
    harm=Harm.NUMBER,
    noun="the number of a policy, an account or a membership",
    instead="Please leave it out.",
)

_WHOSE = (
    r"(?:policy|account|acct|member(?:ship)?|customer|client|patient|insurance|claim|contract|loan"
    r"|subscriber|konto|kunden|vertrags?|versicherungs(?:schein)?|mitglieds?|police|schadens?)"
)
_NUMBER = r"(?:number|num|no|nr|id|nummer)"
_NAMED = (
    rf"\b{_WHOSE}(?:[ -]?{_NUMBER}\b[.:]?(?: is| was| ist| lautet)?[ :#=]{{1,3}}| ?#[ :]{{0,2}})"
)
_EXACT = re.compile(
    rf"{_NAMED}([0-9A-Z]{{1,20}}(?:[-/.][0-9A-Z]{{1,20}}){{0,5}}+(?: [0-9]{{2,6}}){{0,5}}+)(?!\w)",
    re.IGNORECASE,
)
_FEWEST = 5
"""Digits: "account no 3" is a way to count."""


def _accounts(reading: Reading) -> Iterator[Found]:
    for match in _EXACT.finditer(reading.text):
        if sum(sign.isdigit() for sign in match[1]) >= _FEWEST:
            yield Found(match.start(1), match.end(1), ACCOUNT, ACCOUNT.masked())


RULES = (Rule(rf"(?i){_NAMED}[0-9a-z]", _accounts, destroys=False),)
