"""What a command prints is what it was asked for: where it cannot be printed, the command failed.

Python learns that only as it ends, with a traceback and when the exit code is settled.
"""

import io
import os
import sys
from typing import TextIO, cast


class Unsaid(Exception):
    """`str()` is a sentence for whoever typed the command."""


class Heard(io.TextIOBase):
    """A stream that passes on each word at once, and says so where it could not."""

    def __init__(self, stream: TextIO | None) -> None:
        """None is what Python has for a stream that was closed before it began."""
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]  # typeshed's is writeable, Python's is not
        return "utf-8" if self._stream is None else self._stream.encoding

    def write(self, text: str) -> int:
        if self._stream is None:
            raise Unsaid("What I have to say cannot be written: the output is closed.")
        try:
            written = self._stream.write(text)
            self._stream.flush()
        except BrokenPipeError:
            # Whoever read has had enough, as `head` does: no word is missed.
            _let_go(self._stream)
            sys.exit(1)
        except OSError as full:
            _let_go(self._stream)
            raise Unsaid(
                f"What I have to say cannot be written: {full.strerror}. Let it go elsewhere."
            ) from full
        return written

    def isatty(self) -> bool:
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        return super().fileno() if self._stream is None else self._stream.fileno()


def _let_go(stream: TextIO) -> None:
    """What is left in its buffer would be tried once more as Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def heard(stream: TextIO | None) -> TextIO:
    return cast("TextIO", Heard(stream))
