"""How words are made alike before they are looked for: one form, one case."""

import unicodedata


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
