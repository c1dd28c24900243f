"""What links and web pages write in codes: %40, &#64; and &commat; are each an @.

People paste links with what a form put into them. A browser shows "4111 1111" for "4111%201111",
so the rules read that too; what is no code, such as "100 % of", stays as it is written.
"""

import re
from html.entities import html5
from itertools import chain

from bot.compliance.kinds.base import BARRIER
from bot.compliance.normalise import Normal

CODED = r"%[0-9a-f]{2}|&#x?[0-9a-f]|&[a-z][0-9a-z]{1,31};"
"""In RE2, in either case: where a code may stand; says yes too often."""
_CODE = re.compile(
    r"(?P<octets>(?:%[0-9A-Fa-f]{2})+)"
    r"|&#0{0,40}(?P<point>[0-9]{1,7})(?![0-9]);?|&#[xX]0{0,40}(?P<hex>[0-9A-Fa-f]{1,6});?"
    r"|&(?P<name>[A-Za-z][0-9A-Za-z]{1,31};)"
)
_OCTET = len("%40")
_LONGEST_SIGN = 4
"""Octets of UTF-8."""
_LAYERS = 2
"""A link within a link says %2540."""
_UNSEEN = "\u200b"


def decoded(text: str) -> list[Normal]:
    """`text` as a browser shows it, with the map back, the deepest first; [] without codes."""
    normal = Normal(text, range(len(text)), len(text))
    layers: list[Normal] = []
    while len(layers) < _LAYERS and (layer := _layer(normal.text)):
        starts = tuple(normal.starts[place] for place in layer.starts)
        normal = Normal(layer.text, starts, normal.length)
        layers.insert(0, normal)
    return layers


def _layer(text: str) -> Normal | None:
    parts: list[str] = []
    starts: list[range | list[int]] = []
    done = 0
    for match in _CODE.finditer(text):
        for start, end, sign in _signs(match):
            parts += (text[done:start], _UNSEEN if sign == BARRIER else sign)
            starts += (range(done, start), [start])
            done = end
    if not done:
        return None
    starts.append(range(done, len(text)))
    said = "".join((*parts, text[done:]))
    return Normal(said, tuple(chain.from_iterable(starts)), len(text))


def _signs(match: re.Match[str]) -> list[tuple[int, int, str]]:
    """Where each code stands, and its sign."""
    if match["octets"]:
        return _in_utf8(match["octets"], match.start())
    if match["name"]:
        sign = html5.get(match["name"], "")
    else:
        sign = _sign(int(match["point"]) if match["point"] else int(match["hex"], 16))
    return [(*match.span(), sign)] if len(sign) == 1 else []


def _in_utf8(written: str, start: int) -> list[tuple[int, int, str]]:
    octets = bytes.fromhex(written.replace("%", ""))
    signs: list[tuple[int, int, str]] = []
    at = 0
    while at < len(octets):
        # What is not UTF-8 is no sign: it is passed over and stays as it is written.
        said = octets[at : at + _LONGEST_SIGN].decode(errors="surrogateescape")[0]
        size = len(said.encode(errors="surrogateescape"))
        if not "\ud800" <= said <= "\udfff":
            signs.append((start + at * _OCTET, start + (at + size) * _OCTET, said))
        at += size
    return signs


def _sign(point: int) -> str:
    """Halves of a pair and what lies beyond all planes are no signs."""
    return "" if 0xD800 <= point < 0xE000 or point > 0x10FFFF else chr(point)
