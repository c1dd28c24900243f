"""Addresses of machines, IP and MAC: they point at a household."""

import ipaddress
import re
from collections.abc import Iterator

from bot.compliance.kinds.base import Found, Harm, Kind, Reading, Rule

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

_V4 = re.compile(r"(?<![\w.-])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w-]|\.[0-9])")
_V6 = re.compile(r"(?<![\w:.])[0-9a-f:]{6,39}(?![\w:])", re.IGNORECASE)
_VERSION = re.compile(
    r"(?:version|release|build|beta|update|firmware|ios|android)[ :(v]{0,3}\Z", re.IGNORECASE
)


def _valid(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _v4(reading: Reading) -> Iterator[Found]:
    for match in _V4.finditer(reading.text):
        before = reading.text[max(0, match.start() - 12) : match.start()]
        if _valid(match[0]) and not _VERSION.search(before):
            yield Found(match.start(), match.end(), IP, IP.masked())


def _v6(reading: Reading) -> Iterator[Found]:
    for match in _V6.finditer(reading.text):
        if match[0].count(":") >= 2 and _valid(match[0].rstrip(":") or ":"):
            yield Found(match.start(), match.end(), IP, IP.masked())


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
    Rule(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", _v4, destroys=False),
    Rule(r"(?i)[0-9a-f]{1,4}:[0-9a-f]{0,4}:[0-9a-f]{0,4}", _v6, destroys=False),
)
