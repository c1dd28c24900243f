"""What may be shown at all: nothing that controls, hides or cannot be encoded.

Joiners and variants stay, since emoji and several scripts need them, and so do the letters behind
the flags of parts of countries; the guard reads past them all anyway.
"""

import re

INVISIBLE = (
    # Unicode's Default_Ignorable_Code_Point, without what stays: drawn by nobody, seen by nobody.
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "\ufdd0-\ufdef"  # code points that are no characters
    + "".join(f"{chr(last - 1)}{chr(last)}" for last in range(0xFFFF, 0x110000, 0x10000))
)
"""The inside of a character class."""
_JOINING = "\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_NEVER = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but for tab and line end
    "\ufff9-\ufffb"  # notes between the lines
    f"{INVISIBLE}"
    "\ud800-\udfff]"  # halves of a pair, which no encoding takes
)
_UNSHOWN = re.compile(_NEVER)
_PRINTABLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
"""Of those the few that Python takes for printable: it tells of all others at once."""
_BLACK_FLAG = "\U0001f3f4"
_UNSHOWN_BUT_FLAGS = re.compile(
    f"({_BLACK_FLAG}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{3,6}}\U000e007f)|{_NEVER}"
)
_SEEN = re.compile(rf"[^\s\u2800{_JOINING}]")


def shown(text: str) -> str:
    one_line = text if text.isprintable() else text.replace("\n", "").replace("\t", "")
    if one_line.isprintable() and (text.isascii() or _PRINTABLE.search(text) is None):
        return text
    if _BLACK_FLAG in text:
        return _UNSHOWN_BUT_FLAGS.sub(r"\1", text)
    return _UNSHOWN.sub("", text)


def worded(typed: str) -> str:
    """What is shown of it without outer blanks; "" where nothing of it can be seen."""
    words = shown(typed).strip()
    return words if _SEEN.search(words) else ""
