"""What counts as a reason: not whether it is a good one, but that it can be read as words."""

import unicodedata
from itertools import groupby

_FEWEST, _FEWEST_SIGNS = 3, 2
"""Letters of a word. Where letters know no case two may be one, as two Chinese signs are."""


def is_reason(said: str) -> bool:
    runs = ("".join(run) for spelled, run in groupby(said, _spells) if spelled)
    return any(map(_is_word, runs))


def _spells(char: str) -> bool:
    """Letters, and the marks that several scripts write vowels with."""
    return unicodedata.category(char)[0] in "LM"


def _is_word(run: str) -> bool:
    if run.lower() == run.upper():
        return len(run) >= _FEWEST_SIGNS
    # Not one key held down.
    return len(run) >= _FEWEST and len(set(run.casefold())) > 1
