"""One plain form for texts that say the same: 4111 in any script, width or disguise reads "4111".

Customers paste numbers from everywhere and some hide them. The rules read the plain form; the map
back to the original lets the mask stand where the number stood.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_DROPPED = frozenset(("Cc", "Cf", "Cs", "Mn", "Me"))
_MINUS = "\u2212"
_CACHE_LIMIT = 20_000
_ODD = re.compile(r"[^\t\n -~]+")
_SPELLED_SIGN = re.compile(r"[\[({<] {0,2}(?:at|dot|punkt|@|\.) {0,2}[\])}>]", re.IGNORECASE)
_SPELLED = re.compile(
    r" {0,2}[\[({<] {0,2}(?:(at|@)|(?:dot|punkt|\.)) {0,2}[\])}>] {0,2}", re.IGNORECASE
)
_LINE_END = re.compile(r"(?<=[0-9.)-])[ \t]{0,3}\n[ \t]{0,3}(?=[0-9.(-])")


class _Fold(dict[int, str]):
    """Code point to plain text, worked out at first sight."""

    def __missing__(self, point: int) -> str:
        plain = "".join(map(_plain_sign, unicodedata.normalize("NFKC", chr(point))))
        if len(self) < _CACHE_LIMIT:
            self[point] = plain
        return plain


def _plain_sign(sign: str) -> str:
    match unicodedata.category(sign):
        case "Nd":
            return str(unicodedata.decimal(sign))
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Zl" | "Zp":
            return "\n"
        case category if category in _DROPPED and sign not in "\n\t":
            return ""
        case _:
            return {_MINUS: "-", "\u3002": "."}.get(sign, sign)


_FOLD = _Fold()


@dataclass(frozen=True, slots=True)
class Normal:
    """A plain text and, for each of its characters, where it came from."""

    text: str
    starts: Sequence[int]
    length: int
    """Of the original."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original behind it, with what was dropped inside and right after."""
        after = self.starts[end] if end < len(self.starts) else self.length
        return self.starts[start], max(self.starts[end - 1] + 1, after)


def plain(text: str) -> str:
    """The plain form alone: quick, for the many texts in which nothing is found."""
    if not (text.isascii() and text.isprintable()):
        text = _ODD.sub(_folded, text)
    if _SPELLED_SIGN.search(text):
        text = _SPELLED.sub(_sign, text)
    return text


def _folded(odd: re.Match[str]) -> str:
    return odd[0].translate(_FOLD)


def normalise(text: str) -> Normal:
    """The plain form with its map; `normalise(text).text == plain(text)`."""
    if plain(text) == text:
        return Normal(text, range(len(text)), len(text))
    signs: list[str] = []
    starts: list[int] = []
    for place, sign in enumerate(text):
        folded = _FOLD[ord(sign)]
        signs.append(folded)
        starts.extend([place] * len(folded))
    normal = Normal("".join(signs), starts, len(text))
    return _rewritten(normal, _SPELLED)


def lines_joined(normal: Normal) -> Normal:
    """As `normal`, with digits that run over a line end brought together."""
    return _rewritten(normal, _LINE_END)


def runs_over_lines(text: str) -> bool:
    return "\n" in text and _LINE_END.search(text) is not None


def _sign(match: re.Match[str]) -> str:
    if match.re is _LINE_END:
        return ""
    return "@" if match[1] else "."


def _rewritten(normal: Normal, pattern: re.Pattern[str]) -> Normal:
    parts: list[str] = []
    starts: list[int] = []
    done = 0
    for match in pattern.finditer(normal.text):
        sign = _sign(match)
        parts += (normal.text[done : match.start()], sign)
        starts += normal.starts[done : match.start()]
        starts += [normal.starts[match.start()]] * len(sign)
        done = match.end()
    if not done:
        return normal
    starts += normal.starts[done:]
    return Normal("".join((*parts, normal.text[done:])), tuple(starts), normal.length)
