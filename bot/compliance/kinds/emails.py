"""E-mail addresses, written with an @ or spelled out ("anna at example dot com")."""

import re
from collections.abc import Iterator

from bot.compliance.kinds.base import Found, Harm, Kind, Reading, Rule

_FEW_DIGITS = r"[A-Za-z._-]*(?:[0-9][A-Za-z._-]*){0,3}"
"""Of a domain that its mask may show."""
EMAIL = Kind(
    name="email",
    label="e-mail",
    harm=Harm.PERSONAL,
    noun="an e-mail address",
    instead="Please leave it out.",
    detail=rf"[0-9A-Za-z]?•••@{_FEW_DIGITS}",
)

_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24})", re.IGNORECASE)
_BROKEN = re.compile(
    r"[\w.-]{0,63}\n(?:[\w-]{0,63}\.){1,8}(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24})", re.IGNORECASE
)
"""A domain with a line end inside: no word of a sentence goes on with an @ and ends there."""
_MAIL_HOUSE = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|aol|gmx|web|t-online"
    r"|freenet|proton(?:mail)?|mail|fastmail|zoho|yandex|orange|free|laposte|wanadoo|libero|virgilio"
    r"|wp|o2|interia|seznam|ziggo|telenet|bluewin|comcast|verizon|qq|163)"
    r"\.[a-z]{2,4}(?:\.[a-z]{2})?\b",
    re.IGNORECASE,
)
"""Before such a domain a line end is a trick; before others it is a handle on a line of its own."""
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
        domain = _DOMAIN.match(text, at + 1) or _BROKEN.match(text, at + 1)
        # From the @ outwards: a pattern that began at the left would look at each letter 64 times.
        end = at - (text[at - 1 : at] == "\n" and _MAIL_HOUSE.match(text, at + 1) is not None)
        start = _local_start(text, end, floor=done)
        if domain is not None and start < end:
            mask = _shown(text[start:end], domain[0].replace("\n", ""))
            yield Found(start, domain.end(), EMAIL, mask)
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
    Rule(r"[^\s@]\n?@\n?[^\s@]", _written, destroys=False),
    Rule(r"(?i) at [a-z0-9-]+ dot [a-z]", _spelled, destroys=False),
)
