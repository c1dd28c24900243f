"""What may be shown at all: no control or bidi characters, nothing that cannot be encoded.

Joiners stay, since emoji and several scripts need them; the guard reads past them anyway.
"""

import re

_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but for tab and line end
    "\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\ud800-\udfff]"  # halves of a pair, which no encoding takes
)


def shown(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _UNSHOWN.sub("", text)
