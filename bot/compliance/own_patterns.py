"""Patterns of an organisation's own numbers, brought to the plain form in which texts are read.

Texts reach a rule with every dash a dash and every digit a digit, so a pattern that spells the
numbers as they are printed, in full width or with a long dash, would find none of them.
"""

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import re2

from bot.compliance.folding import FOLD
from bot.compliance.kinds.base import BARRIER
from bot.compliance.normalise import plain

_CODE = r"\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[0-7]{1,3}|\\[aftnrv]"
_KNOWN = r"\[:\^?\w+:\]|\\[pP]\{[^}]*\}|\\[pP].|\\[dDsSwW]"
_TOKEN = re.compile(
    r"(?P<quoted>\\Q.*?(?:\\E|\Z))"
    rf"|(?P<code>{_CODE})"
    r"|(?P<end>\\[Az]|[\^$])"
    r"|(?P<edge>\\[bB]|\(\?[imsU-]+\))"
    rf"|(?P<set>{_KNOWN}|\\C|\.)"
    rf"|\[(?P<class>\^?\]?(?:{_KNOWN}|\\.|[^\]\\])*)\]"
    r"|(?P<open>\((?:\?(?:P?<\w+>|[imsU-]*:))?)"
    r"|(?P<close>\))|(?P<or>\|)"
    r"|(?P<often>(?:[*+?]|\{\d+(?:,\d*)?\})\??)"
    r"|(?P<sign>\\.|.)",
    re.DOTALL,
)
_ITEM = re.compile(
    rf"(?P<known>{_KNOWN})|(?P<sign>{_CODE}|\\.|.)(?:-(?P<last>{_CODE}|\\.|[^\]]))?", re.DOTALL
)
_NAMED = dict(zip("aftnrv", "\a\f\t\n\r\v", strict=True))
_CANDIDATES = ("7", "K", "k", *string.printable)
_MOST_SAMPLES, _LONGEST = 8, 4000
_ORDINARY = (
    "We look at it again on Monday, and you hear from us within 24 hours. O.K.? (Thank you!)"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Of a pattern, and a few texts that it takes; none where nobody can tell."""

    pattern: str
    samples: tuple[str, ...]


def plain_pattern(pattern: str) -> str:
    """`pattern` is one that RE2 reads. Raises `ValueError` saying what is expected instead."""
    tokens = list(_TOKEN.finditer(pattern))[::-1]
    piece = _alternatives(tokens)
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    try:
        exact = re2.compile(f"(?:{piece.pattern})", options)
    except re2.error as wrong:
        raise ValueError("a pattern that is shorter or plainer") from wrong
    if any(match.start() == match.end() for match in exact.finditer(_ORDINARY)):
        raise ValueError("a pattern that takes at least one character")
    if exact.search(plain(_ORDINARY)):
        raise ValueError("a pattern that no ordinary words fit")
    around = "a{}a" if r"\B" in pattern else "It is {} here."
    for sample in piece.samples:
        if not exact.search(plain(around.format(sample))):
            raise ValueError(f"another pattern: Usher reads {sample!r} as {plain(sample)!r}")
    return piece.pattern


def _alternatives(tokens: list[re.Match[str]]) -> _Piece:
    """`tokens` are the last first, and are taken from the end."""
    branches = [_sequence(tokens)]
    while tokens and tokens[-1].lastgroup == "or":
        tokens.pop()
        branches.append(_sequence(tokens))
    samples = tuple(chain.from_iterable(one.samples for one in branches))
    known = all(one.samples for one in branches)
    return _Piece("|".join(one.pattern for one in branches), _few(samples) if known else ())


def _sequence(tokens: list[re.Match[str]]) -> _Piece:
    pieces = list[_Piece]()
    while tokens and tokens[-1].lastgroup not in ("or", "close"):
        token = tokens.pop()
        if token.lastgroup == "often" and pieces:
            pieces.append(_often(pieces.pop(), token[0]))
        elif token.lastgroup == "open":
            inner = _alternatives(tokens)
            end = tokens.pop()[0] if tokens else ""
            pieces.append(_Piece(f"{token[0]}{inner.pattern}{end}", inner.samples))
        else:
            pieces += _read(token)
    return _Piece("".join(one.pattern for one in pieces), _joined(pieces))


def _read(token: re.Match[str]) -> Iterator[_Piece]:
    written = token[0]
    match token.lastgroup:
        case "end":
            raise ValueError(r"a pattern without ^ and $, since numbers stand in sentences: use \b")
        case "edge":
            yield _Piece(written, ("",))
        case "set":
            yield _taking(written)
        case "class":
            yield _taking(f"[{_class(token['class'])}]")
        case "quoted":
            yield from map(_literal, written[2:].removesuffix(r"\E"))
        case _:
            sign = _decoded(written)
            yield _Piece(written, (sign,)) if _said(sign) == [sign] else _literal(sign)


def _often(piece: _Piece, times: str) -> _Piece:
    fewest = re.match(r"\{(\d+)", times)
    count = max(1, int(fewest[1])) if fewest else 1
    samples = tuple(one * count for one in piece.samples if len(one) * count <= _LONGEST)
    return _Piece(piece.pattern + times, samples)


def _literal(sign: str) -> _Piece:
    said = _said(sign)
    return _Piece(f"(?:{'|'.join(map(_escaped, said))})", tuple(said))


def _class(inside: str) -> str:
    """A range is left as it is, and is none of signs that read otherwise."""
    negated = "^" if inside.startswith("^") else ""
    parts = [negated]
    for item in _ITEM.finditer(inside, len(negated)):
        ends = [_decoded(end) for end in (item["sign"], item["last"]) if end]
        said = [_said(end) for end in ends]
        if item["known"] or said == [[end] for end in ends]:
            parts.append(item[0])
        elif len(ends) > 1 or any(len(one) != 1 for one in said[0]):
            raise ValueError(f"plain signs in [{inside}], such as [A-Z] or [0-9-]")
        else:
            parts += map(_escaped, said[0])
    return "".join(parts)


def _taking(pattern: str) -> _Piece:
    """The first sign that fits stands for all."""
    exact = re2.compile(pattern)
    return _Piece(pattern, tuple(one for one in _CANDIDATES if exact.fullmatch(one))[:1])


def _decoded(written: str) -> str:
    """The sign that a token stands for."""
    if not written.startswith("\\"):
        return written
    code = written[1:]
    if code in _NAMED:
        return _NAMED[code]
    if code.startswith("x") and len(code) > 1:
        return chr(int(code[1:].strip("{}"), 16))
    return chr(int(code, 8)) if code.isdecimal() and code.isascii() else code


def _said(sign: str) -> list[str]:
    """How it reads by itself, and between letters."""
    alone, between = FOLD[ord(sign)], plain(f"a{sign}a")[1:-1]
    if not alone or sign == BARRIER:
        raise ValueError("a pattern of signs that everybody sees")
    return list(dict.fromkeys((alone, between)))


def _escaped(said: str) -> str:
    return "".join(f"\\x{{{ord(sign):x}}}" for sign in said)


def _joined(pieces: Sequence[_Piece]) -> tuple[str, ...]:
    if not all(one.samples for one in pieces):
        return ()
    most = max((len(one.samples) for one in pieces), default=1)
    return _few("".join(one.samples[at % len(one.samples)] for one in pieces) for at in range(most))


def _few(samples: Sequence[str] | Iterator[str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(samples) if len(one) <= _LONGEST)[:_MOST_SAMPLES]
