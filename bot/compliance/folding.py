"""What each sign says, whatever it looks like: a digit of any script is a digit, a dash a dash."""

import re
import unicodedata

from bot.compliance.display import INVISIBLE
from bot.compliance.kinds.base import BARRIER

_DROPPED = frozenset(("Cc", "Cf", "Cs", "Mn", "Me"))
_UNSEEN = re.compile(f"(?!{BARRIER})[{INVISIBLE}]")
"""What is dropped besides: letters by their category, or in none."""
_LOOKS_LIKE = {
    **dict.fromkeys("\u2212\u30fc\u0640\u02d7\u2043\u2796", "-"),
    **dict.fromkeys("\u3002\u06d4", "."),
    "\u2795": "+",
}
"""Minus, the long vowel of Japanese and of Arabic, the full stops of Chinese and of Urdu."""
_CACHE_LIMIT = 20_000


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


FOLD = _Fold()
_COMMON = (range(0xA0, 0x600), range(0x1E00, 0x2C00), range(ord(BARRIER), ord(BARRIER) + 1))
"""Letters and signs of Europe, most of which say what they say, and what was found already."""
_AS_THEY_ARE = "".join(
    chr(point) for points in _COMMON for point in points if FOLD[point] == chr(point)
)
_ODD = re.compile(rf"[^\n -~{_AS_THEY_ARE}]+")


def folded(text: str) -> str:
    return _ODD.sub(_fold, text)


def _fold(odd: re.Match[str]) -> str:
    return odd[0].translate(FOLD)
