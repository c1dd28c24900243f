"""E-mail addresses written as they are typed into a letter's head."""

import re
from collections.abc import Iterator

from bot.compliance.kinds.base import LETTERS, Found, Harm, Kind, Reading, Rule

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

_DOMAIN = re.compile(
    r"(?:[\w-]{1,63}\.){1,8}(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24}|[^\W\d_a-z]{2,24})"
    r"|\[(?:[0-9]{1,3}\.){3}[0-9]{1,3}\]",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"[\w.-]{0,63}\n(?:[\w-]{0,63}\.){1,8}(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24})", re.IGNORECASE
)
"""A domain with a line end inside: no word of a sentence goes on with an @ and ends there."""
MAIL_HOUSE = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|aol|gmx|web|t-online"
    r"|freenet|proton(?:mail)?|mail|fastmail|zoho|yandex|orange|free|laposte|wanadoo|libero|virgilio"
    r"|wp|o2|interia|seznam|ziggo|telenet|bluewin|comcast|verizon|qq|163)"
    r"\.[a-z]{2,4}(?:\.[a-z]{2})?\b",
    re.IGNORECASE,
)
NAME = re.compile(r"[a-z][a-z0-9]*(?:[._][a-z0-9]+)+|[a-z]+[0-9]{2,}", re.IGNORECASE)
"""Of a person, as no word of a sentence is."""
_LOCAL_SIGNS = frozenset("_.!#$%&'*+/=?^`{|}~-")
_LOCAL_LENGTH = 64
_OTHER_SCRIPT = re.compile(rf".*[^{LETTERS}!-~](?=[A-Za-z0-9])")
"""Such as write no blanks: the name begins behind their last letter."""
_KEY = re.compile(
    r".*[?&][\w.-]{1,32}=(?=.)|(?:[^=]*[|])?(?:e-?mail|mail|to|cc|bcc|from|user|login|id|account|address|reply-?to)=(?=.)",
    re.IGNORECASE,
)
"""In a link or a form; elsewhere an = may be part of the address."""


def shown(local: str, domain: str) -> str:
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
        end = at - _is_broken(text, at)
        start = local_start(text, end, floor=done)
        if domain is not None and start < end:
            start += text[start] == "_" == text[domain.end() : domain.end() + 1]
            mask = shown(text[start:end], domain[0].replace("\n", ""))
            yield Found(start, domain.end(), EMAIL, mask)
            done = domain.end()
        at = text.find("@", max(at + 1, done))


def _is_broken(text: str, at: int) -> bool:
    """Whether the line ends before the sign; mostly that is a handle on a line of its own."""
    if text[at - 1 : at] != "\n":
        return False
    name = text[local_start(text, at - 1, floor=0) : at - 1]
    return MAIL_HOUSE.match(text, at + 1) is not None or NAME.fullmatch(name) is not None


def local_start(text: str, at: int, *, floor: int) -> int:
    """Where the name before the sign begins, without what opens a quote, a list or bold type."""
    start, floor = at, max(floor, at - _LOCAL_LENGTH)
    while start > floor and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_SIGNS):
        start -= 1
    start = max(start, text.rfind("..", start, at) + 2) if ".." in text[start:at] else start
    other = _OTHER_SCRIPT.match(text, start, at)
    start = other.end() if other else start
    key = _KEY.match(text, start, at)
    start = key.end() if key else start
    while start < at and not (text[start].isalnum() or text[start] == "_"):
        start += 1
    return start


_ENDS_A_NAME = r"[\pL\pN_.!#$%&'*+/=?^`{|}~-]"
"""In RE2, whatever `local_start` goes back over: a quote that begins with a handle wakes nobody."""
RULES = (Rule(rf"{_ENDS_A_NAME}\n?@\n?[^\s@]", _written, destroys=False),)
