"""The guard on a pipe: JSON lines of texts in, JSON lines of what was found out, one for one."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

from bot.compliance.guard import Guard

LONGEST_LINE = 4 << 20
"""Bytes. What is longer is answered with an error and read past, so that memory stays flat."""


def answer_lines(lines: BinaryIO, say: TextIO, guard: Guard, *, spans: bool) -> int:
    """One answer a line, flushed; gives how many of the lines could not be read."""
    unread = 0
    for number, line in enumerate(_lines(lines), start=1):
        try:
            answer = _answer(_text(line), guard, spans=spans)
        except ValueError as wrong:
            unread += 1
            answer = {"error": f"line {number}: {wrong}"}
        say.write(json.dumps(answer) + "\n")
        say.flush()
    return unread


def _answer(text: str, guard: Guard, *, spans: bool) -> dict[str, Any]:
    masked, found = guard.read(text)
    if not spans:
        return {"masked": masked}
    places = [{"start": one.start, "end": one.end, "kind": one.kind} for one in found]
    return {"masked": masked, "spans": places}


def _text(line: bytes | None) -> str:
    """Of what is wrong nothing is repeated: an error text is read by everybody."""
    if line is None:
        raise ValueError(f"longer than {LONGEST_LINE} bytes")
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        raise ValueError('not JSON; expected an object such as {"text": "…"}') from wrong
    match values:
        case {"text": str(text)}:
            return text
    raise ValueError('expected an object with a text, such as {"text": "…"}')


def _lines(lines: BinaryIO) -> Iterator[bytes | None]:
    """None stands for a line that is too long."""
    while line := lines.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := lines.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None
