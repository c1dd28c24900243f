"""Addresses of machines, IP and MAC: they point at a household."""

import ipaddress
import re
from collections.abc import Iterator

from bot.compliance.kinds.base import LETTERS, WORD, Found, Harm, Kind, Reading, Rule

IP = Kind(
    name="ip",
    label="IP address",
    harm=Harm.PERSONAL,
    noun="an IP address",
    instead="Please leave it out.",
)

MAC = Kind(
    name="mac",
    label="MAC address",
    harm=Harm.PERSONAL,
    noun="the address of a device",
    instead="Please leave it out.",
)

# Both begin with a sign that the engine leaps to; what must not stand before it comes after.
_V4 = re.compile(
    rf"[0-9](?:(?<![{WORD}.-].)|(?<=\b[Ii][Pp]-.)|(?<=[0-9]-.)|(?<=\b_.))"
    r"[0-9]{0,2}(?P<dot>\.| \. | [Dd][Oo][Tt] )(?:[0-9]{1,3}(?P=dot)){2}[0-9]{1,3}"
    rf"(?![{LETTERS}]|-[A-Za-z]|\.[0-9])"
)
_V6 = re.compile(
    rf"[0-9A-Fa-f:](?:(?<![{WORD}:.].)|(?<=[G-Zg-z]:.)|(?<=\b_.))"
    r"(?:[0-9A-Fa-f:]{0,28}:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|[0-9A-Fa-f:]{2,38})"
    rf"(?:%[A-Za-z0-9]{{1,15}})?(?![{LETTERS}:])"
)
_TELLING = re.compile(r"[0-9][a-f]|[a-f][0-9]|[0-9a-f]{3}.*[0-9]|[0-9].*[0-9a-f]{3}", re.IGNORECASE)
"""No time of day is written like it, and no two words with colons in between."""
_VERSION = re.compile(
    r"(?:version|release|build|beta|update|firmware|ios|android|app|client|driver|software|kernel"
    r"|patch|sdk|chrome|firefox|safari|edge|\.net|section|clause|paragraph|chapter|figure|table|§)"
    r"[ :(v]{0,3}\Z",
    re.IGNORECASE,
)
_LONGEST_VERSION = 14
_OCTETS = frozenset(map(str, range(256)))


def _valid(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _v4(reading: Reading) -> Iterator[Found]:
    for match in _V4.finditer(reading.text):
        before = reading.text[max(0, match.start() - _LONGEST_VERSION) : match.start()]
        if all(map(_OCTETS.__contains__, match[0].split(match["dot"]))) and not _VERSION.search(
            before
        ):
            yield Found(match.start(), match.end(), IP, IP.masked())


def _v6(reading: Reading) -> Iterator[Found]:
    for match in _V6.finditer(reading.text):
        if match[0].count(":") < 2 or not _TELLING.search(match[0]):
            continue
        written = match[0] if _valid(match[0]) else match[0].rstrip(":")
        if _valid(written):
            yield Found(match.start(), match.start() + len(written), IP, IP.masked())


_MAC = (
    r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|(?:[0-9a-f]{2}-){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}"
)
_DEVICE = re.compile(rf"(?<![\w:.-])(?:{_MAC})(?![\w-]|[:.]\w)", re.IGNORECASE)


def _macs(reading: Reading) -> Iterator[Found]:
    for match in _DEVICE.finditer(reading.text):
        if any(sign.isalpha() for sign in match[0]) or ":" in match[0]:
            yield Found(match.start(), match.end(), MAC, MAC.masked())


RULES = (
    Rule(rf"(?i)\b(?:{_MAC})\b", _macs, destroys=False),
    Rule(r"[0-9](?:(?i:\.| \. | dot )[0-9]{1,3}){3}", _v4, destroys=False),
    Rule(r"(?i)[0-9a-f]{1,4}:[0-9a-f]{0,4}:|::[0-9a-f]{1,4}:", _v6, destroys=False),
)
