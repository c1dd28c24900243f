"""The words of a kept answer: without what belonged to one customer and to one colleague.

One place may be filled in, {handle}, and nothing else ever is: what looks like more is refused.
"""

import re

HANDLE = "{handle}"
"""Where the customer is named."""
_COMPUTES = re.compile(r"\{[{%#]|\{(?!handle\})[^{}]*\}")
_SHORTEST_NAME = 2


def bare(text: str, *, signature: str, footer: str) -> str:
    """`text` as it went out, without what is added to each answer."""
    words = text.removesuffix(f"\n{footer}") if footer else text
    return words.removesuffix(signature).strip()


def general(words: str, *, handle: str, name: str = "") -> str:
    """With the place for the handle wherever that customer was named."""
    known = handle.lstrip("@")
    # A name alone is often a word as well: only as it is written. The longest is looked for first.
    names = [rf"(?<!\w)@?{re.escape(each)}(?!\w)" for each in _names(name)]
    if known:
        names.insert(1, rf"(?i:(?<!\w)@?{re.escape(known)}(?!\w))")
    found = (re.escape(HANDLE), *names)
    return re.sub("|".join(found), HANDLE, words)


def _names(name: str) -> list[str]:
    """The whole of it, and the first."""
    both = (name.strip(), *name.split()[:1])
    return [one for one in both if len(one) >= _SHORTEST_NAME and any(map(str.isalpha, one))]


def unnamed(words: str, *, handle: str) -> str:
    """As `general`, for words somebody has looked through: the handle itself never stays."""
    known = re.escape(handle.lstrip("@"))
    return re.sub(rf"(?<!\w)@{known}(?!\w)", HANDLE, words, flags=re.IGNORECASE) if known else words


def filled(words: str, *, handle: str) -> str:
    return words.replace(HANDLE, f"@{handle.lstrip('@')}")


def computes(words: str) -> str:
    """The first place that somebody may think is filled in, and that is not; or ""."""
    found = _COMPUTES.search(words)
    return found[0] if found else ""
