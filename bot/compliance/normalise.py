"""One plain form for texts that say the same: 4111 in any script, width or disguise reads "4111".

Customers paste numbers from everywhere and some hide them. The rules read the plain form; the map
back to the original lets the mask stand where the number stood.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from bot.compliance.folding import FOLD, folded
from bot.compliance.kinds.base import BARRIER

_MIDDLE_DOTS = "\xb7\u2022\u2219\u22c5\u30fb\u2027\u25cf\u2e31\ua78f"
_DOT = re.compile(rf"[{_MIDDLE_DOTS}](?<=[\w)][{_MIDDLE_DOTS}])(?=[\w(])")
"""Right between letters and digits it stands for a full stop; elsewhere it begins an item."""
_AT = "at|ät|arroba|arobase|chiocciola|malpa|@"
_STOP = r"dot|punkt|point|punto|ponto|kropka|\."
_SPOKEN = rf"(?:{_AT}|{_STOP}|a)"
_SPELLED_SIGN = re.compile(rf"[\[({{<*_|/~-] {{0,2}}{_SPOKEN} {{0,2}}[\])}}>*_|/~-]", re.IGNORECASE)
_SPELLED = re.compile(
    rf" {{0,2}}[\[({{<] {{0,2}}(?:(?P<at>{_AT})|(?:{_STOP})) {{0,2}}[\])}}>] {{0,2}}"
    r"| {0,2}[\[(]a[\])] {0,2}(?P<a>)(?=[\w-]{2,63}\.[a-z]{2})"
    rf"| [-*_|/~](?:(?P<told>{_AT})|(?:{_STOP}))[-*_|/~] ",
    re.IGNORECASE,
)
DRESSED = (
    rf"(?i) {{2}}|\S[{_MIDDLE_DOTS}]\S|\S(?: \S){{8}}|\S(?:\.\S){{8}}|\S(?:-\S){{8}}"
    r"|[\[({<] {0,2}[a-zäı@.]{1,11} {0,2}[\])}>]| [-*_|/~][a-zäı@.]{1,11}[-*_|/~] "
)
"""In RE2: what of a folded line might read otherwise in plain; says yes too often."""
_SIGN_BY_SIGN = re.compile(
    rf"(?<![^\s(:])[^\s{BARRIER}]([ .{_MIDDLE_DOTS}-])[^\s{BARRIER}]"
    rf"(?:\1[^\s{BARRIER}]){{7,}}(?![^\s,;!?)])"
)
_SINGLE_SIGNS = re.compile(rf"([ .{_MIDDLE_DOTS}-])\S\1\S\1\S\1\S\1")
_BLANKS = re.compile(r" {2,}(?!\n)| +\n[ \n]*|\n[ \n]+")
_LINE_END = re.compile(
    # The end itself comes first: the engine leaps from one to the next.
    r"\n(?:(?<=[0-9.:)\]-]\n)(?=[0-9.:()\[-])"
    r"|(?<=[0-9A-Fa-f]\n)(?=[0-9A-Fa-f]{0,3}:[0-9A-Fa-f]{1,4}:)"
    r"|(?<=:\n)(?=[0-9A-Fa-f]{1,4}:))"
)


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
    ascii_line = text.isascii() and text.isprintable()
    if not ascii_line:
        text = folded(text)
    if "  " in text or "\n" in text:
        text = _BLANKS.sub(_sign, text)
    if _SINGLE_SIGNS.search(text):
        text = _SIGN_BY_SIGN.sub(_joined, text)
    if not ascii_line:
        text = _DOT.sub(".", text)
    if _SPELLED_SIGN.search(text):
        text = _SPELLED.sub(_sign, text)
    return text


def _joined(apart: re.Match[str]) -> str:
    return apart[0][::2]


def normalise(text: str) -> Normal:
    """The plain form with its map; `normalise(text).text == plain(text)`."""
    if plain(text) == text:
        return Normal(text, range(len(text)), len(text))
    signs: list[str] = []
    starts: list[int] = []
    for place, sign in enumerate(text):
        said = FOLD[ord(sign)]
        signs.append(said)
        starts.extend([place] * len(said))
    normal = Normal("".join(signs), starts, len(text))
    normal = _rewritten(normal, _BLANKS)
    apart = [run.span() for run in _SIGN_BY_SIGN.finditer(normal.text)]
    normal = _without(normal, [at for start, end in apart for at in range(start + 1, end, 2)])
    return _rewritten(_rewritten(normal, _DOT), _SPELLED)


def lines_joined(normal: Normal) -> Iterator[Normal]:
    """As `normal`, with digits that run over a line end brought together.

    At all such ends; then at every other one, since the line before or after may end or begin with
    a number of its own.
    """
    ends = [match.start() for match in _LINE_END.finditer(normal.text)]
    yield _without(normal, ends)
    if len(ends) > 1:
        for part in (ends[::2], ends[1::2]):
            yield _without(normal, part)


def _without(normal: Normal, places: Sequence[int]) -> Normal:
    kept = bytearray(b"\1") * len(normal.text)
    for place in places:
        kept[place] = 0
    text = "".join(compress(normal.text, kept))
    return Normal(text, tuple(compress(normal.starts, kept)), normal.length)


def runs_over_lines(text: str) -> bool:
    return "\n" in text and _LINE_END.search(text) is not None


def _sign(match: re.Match[str]) -> str:
    if match.re is _BLANKS:
        return "\n" if "\n" in match[0] else " "
    return "." if match.lastgroup is None else "@"


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
