"""One plain form for texts that say the same: 4111 in any script, width or disguise reads "4111".

Customers paste numbers from everywhere and some hide them. The rules read the plain form; the map
back to the original lets the mask stand where the number stood.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.compliance.display import INVISIBLE
from bot.compliance.kinds.base import BARRIER

_DROPPED = frozenset(("Cc", "Cf", "Cs", "Mn", "Me"))
_UNSEEN = re.compile(f"(?!{BARRIER})[{INVISIBLE}]")
"""What is dropped besides: letters by their category, or in none."""
_LOOKS_LIKE = {"\u2212": "-", "\u30fc": "-", "\u0640": "-", "\u3002": "."}
"""Minus, the long vowel of Japanese and of Arabic, the full stop of Chinese."""
_CACHE_LIMIT = 20_000
_ODD = re.compile(r"[^\n -~]+")
_SPELLED_SIGN = re.compile(r"[\[({<] {0,2}(?:at|dot|punkt|@|\.) {0,2}[\])}>]", re.IGNORECASE)
_SPELLED = re.compile(
    r" {0,2}[\[({<] {0,2}(?:(at|@)|(?:dot|punkt|\.)) {0,2}[\])}>] {0,2}", re.IGNORECASE
)
_BLANKS = re.compile(r" {2,}(?!\n)| +\n[ \n]*|\n[ \n]+")
_BRACKET = re.compile(r"[\[({<]")
_LINE_END = re.compile(
    # The end itself comes first: the engine leaps from one to the next.
    r"\n(?:(?<=[0-9.:)\]-]\n)(?=[0-9.:(\[-])|(?<=[0-9A-Fa-f]\n)(?=:[0-9A-Fa-f]{1,4}:)"
    r"|(?<=:\n)(?=[0-9A-Fa-f]{1,4}:))"
)


class _Fold(dict[int, str]):
    """Code point to plain text, worked out at first sight."""

    def __missing__(self, point: int) -> str:
        plain = "".join(map(_plain_sign, unicodedata.normalize("NFKC", chr(point))))
        if len(self) < _CACHE_LIMIT:
            self[point] = plain
        return plain


def _plain_sign(sign: str) -> str:
    if sign in "\n\t":
        return "\n" if sign == "\n" else " "
    match unicodedata.category(sign):
        case "Nd" | "Nl" | "No" | "Lo" if (digit := _digit(sign)) is not None:
            return digit
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Zl" | "Zp":
            return "\n"
        case category if category in _DROPPED or _UNSEEN.match(sign):
            return ""
        case _:
            return _LOOKS_LIKE.get(sign, sign)


def _digit(sign: str) -> str | None:
    """Of any script: also in a circle, and as a Chinese character."""
    value = unicodedata.numeric(sign, -1)
    return str(int(value)) if value in range(10) else None


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
    """The plain form alone: quick, for the many texts in which nothing is found.

    A run of blanks is one blank in it, so that no rule has to count them.
    """
    if not (text.isascii() and text.isprintable()):
        text = _ODD.sub(_folded, text)
    if "  " in text or "\n" in text:
        text = _BLANKS.sub(_sign, text)
    if _BRACKET.search(text) and _SPELLED_SIGN.search(text):
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
    return _rewritten(_rewritten(normal, _BLANKS), _SPELLED)


def lines_joined(normal: Normal) -> Iterator[Normal]:
    """As `normal`, with digits that run over a line end brought together.

    At all such ends; then at every other one, since the line before or after may end or begin with
    a number of its own.
    """
    yield _rewritten(normal, _LINE_END)
    ends = [match.start() for match in _LINE_END.finditer(normal.text)]
    if len(ends) > 1:
        for part in (ends[::2], ends[1::2]):
            yield _without(normal, part)


def _without(normal: Normal, places: Sequence[int]) -> Normal:
    gone = frozenset(places)
    kept = [place for place in range(len(normal.text)) if place not in gone]
    text = "".join(map(normal.text.__getitem__, kept))
    return Normal(text, tuple(map(normal.starts.__getitem__, kept)), normal.length)


def runs_over_lines(text: str) -> bool:
    return "\n" in text and _LINE_END.search(text) is not None


def _sign(match: re.Match[str]) -> str:
    if match.re is _BLANKS:
        return "\n" if "\n" in match[0] else " "
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
