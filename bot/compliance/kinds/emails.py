"""E-mail addresses, written with an @ or spelled out ("anna at example dot com")."""

import re
from collections.abc import Iterator

from bot.compliance.kinds.base import Found, Kind, Reading, Rule

_FEW_DIGITS = r"[A-Za-z._-]*(?:[0-9][A-Za-z._-]*){0,3}"
"""Of a domain that its mask may show."""
EMAIL = Kind(
    name="email",
    label="e-mail",
    destroyed=False,
    noun="an e-mail address",
    instead="Please leave it out.",
    detail=rf"[0-9A-Za-z]?•••@{_FEW_DIGITS}",
)

_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24})", re.IGNORECASE)
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+")
_LOCAL_LENGTH = 64
_SPELLED = re.compile(
    r"\b([a-z0-9][\w.+-]{0,63}) at ((?:[a-z0-9-]{1,63} dot ){1,4}[a-z]{2,24})\b", re.IGNORECASE
)
_NOT_AN_ENDING = frozenset(("the", "a", "and", "or", "is", "it", "to", "com's"))


def _shown(local: str, domain: str) -> str:
    """First letter and domain; a domain with more than a few digits could itself tell something."""
    if not re.fullmatch(_FEW_DIGITS, domain):
        return EMAIL.masked()
    first = local[0] if local[0].isascii() and local[0].isalnum() else ""
    return EMAIL.masked(f"{first}•••@{domain}")


def _written(reading: Reading) -> Iterator[Found]:
    text = reading.text
    done = 0
    at = text.find("@")
    while at != -1:
        domain = _DOMAIN.match(text, at + 1)
        # From the @ outwards: a pattern that began at the left would look at each letter 64 times.
        start = _local_start(text, at, floor=done)
        if domain is not None and start < at:
            yield Found(start, domain.end(), EMAIL, _shown(text[start:at], domain[0]))
            done = domain.end()
        at = text.find("@", max(at + 1, done))


def _local_start(text: str, at: int, *, floor: int) -> int:
    start = at
    while start > max(floor, at - _LOCAL_LENGTH) and _LOCAL.match(text[start - 1]):
        start -= 1
    return start


def _spelled(reading: Reading) -> Iterator[Found]:
    for match in _SPELLED.finditer(reading.text):
        domain = match[2].replace(" dot ", ".")
        if domain.rpartition(".")[2].lower() not in _NOT_AN_ENDING:
            yield Found(match.start(), match.end(), EMAIL, _shown(match[1], domain))


RULES = (
    Rule(r"[^\s@]@[^\s@]", _written, destroys=False),
    Rule(r"(?i) at [a-z0-9-]+ dot [a-z]", _spelled, destroys=False),
)
