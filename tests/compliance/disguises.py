"""Ways to hide a number from a machine and show it to a person."""

import re
from collections.abc import Callable

Disguise = Callable[[str], str]


def _digits(first: int) -> Disguise:
    table = {ord("0") + digit: first + digit for digit in range(10)}
    return lambda text: text.translate(table)


def _table(digits: str) -> Disguise:
    return lambda text: text.translate(dict(zip(map(ord, "0123456789"), digits, strict=True)))


def _over_a_line_end(text: str) -> str:
    middle = len(text) // 2
    return f"{text[:middle]}\n{text[middle:]}"


MEASURED: dict[str, Disguise] = {
    "zero width": "\u200b".join,
    "full width": lambda text: "".join(
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text
    ),
    "arabic-indic": _digits(0x660),
    "spelled signs": lambda text: text.replace("@", " [at] ").replace(".", " [dot] "),
    "dots": lambda text: text.replace(" ", ".").replace("-", "."),
    "middle dots": lambda text: re.sub("[ .-]", "·", text),
    "line end": _over_a_line_end,
}
"""Those with a floor for every kind; the last is the hardest."""

_NAMES = {" ": "&nbsp;", ".": "&period;", "@": "&commat;", "+": "&plus;", "-": "&hyphen;"}

DISGUISES: dict[str, Disguise] = {
    **{name: MEASURED[name] for name in ("zero width", "full width", "arabic-indic")},
    "middle dots": MEASURED["middle dots"],
    "bullets": lambda text: re.sub("[ .-]", "•", text),
    "dots of Japan": lambda text: re.sub("[ .-]", "・", text),
    "soft hyphens": "\u00ad".join,
    "word joiners": "\u2060".join,
    "NUL": "\x00".join,
    "bidi": lambda text: f"\u202e{text}\u202c",
    "devanagari": _digits(0x966),
    "mathematical bold": _digits(0x1D7CE),
    "black circles": _table("⓿❶❷❸❹❺❻❼❽❾"),
    "double circles": _table("⓪⓵⓶⓷⓸⓹⓺⓻⓼⓽"),
    "Chinese": _table("〇一二三四五六七八九"),
    "Chinese for banks": _table("零壹貳參肆伍陸柒捌玖"),
    "Hangul fillers": "\u3164".join,
    "half-width fillers": "\uffa0".join,
    "our own barrier": "\uffff".join,
    "tags": "\U000e0041".join,
    "wide gaps": lambda text: text.replace(" ", "\u3000 \t\u00a0   "),
    "keycaps": lambda text: "".join(
        f"{sign}\ufe0f\u20e3" if sign.isdigit() else sign for sign in text
    ),
    "struck out": lambda text: "".join(f"{sign}\u0336" for sign in text),
    "spelled signs": lambda text: text.replace("@", " [at] ").replace(".", " (dot) "),
    "unicode dashes": lambda text: text.replace("-", "\u2013").replace(" ", "\u00a0"),
    "lone surrogates": "\ud800".join,
    "percent": lambda text: "".join(f"%{octet:02X}" for octet in text.encode()),
    "percent twice": lambda text: "".join(f"%25{octet:02x}" for octet in text.encode()),
    "percent for signs": lambda text: re.sub(r"\W", lambda sign: f"%{ord(sign[0]):02X}", text),
    "full width in percent": lambda text: "".join(
        "".join(f"%{octet:02x}" for octet in MEASURED["full width"](sign).encode()) for sign in text
    ),
    "HTML": lambda text: "".join(f"&#{ord(sign)};" for sign in text),
    "HTML in hex": lambda text: "".join(f"&#x00{ord(sign):x};" for sign in text),
    "HTML without ends": lambda text: "".join(f"&#{ord(sign)}" for sign in text),
    "HTML in HTML": lambda text: "".join(f"&amp;#{ord(sign)};" for sign in text),
    "HTML by name": lambda text: re.sub(r"[ .@+-]", lambda sign: _NAMES[sign[0]], text),
}
"""Those that hide nothing at all of what is well written."""
