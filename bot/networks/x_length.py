"""How long X says a text is: the rules of its own twitter-text, configuration 3.

Latin and its neighbours weigh 1, everything else 2, an emoji 2 however many signs it is made of, a
link 23. We keep no list of the 1,500 top-level domains: what follows a scheme is a link, and
without one the endings below and all country codes are.
"""

import re
import unicodedata

LIMIT = 280
LINK_WEIGHT = 23
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))

ENDINGS = (
    "com|org|net|edu|gov|mil|int|info|biz|name|pro|app|dev|page|web|site|online|website|shop|store"
    "|blog|cloud|tech|news|live|life|world|today|media|social|chat|email|help|support|care|agency"
    "|group|team|works?|solutions|services|company|business|finance|insurance|insure|bank|money|pay"
    "|law|legal|health|travel|hotel|club|games?|fun|art|design|studio|video|photos?|music|top|xyz"
    "|link|click|one|space|wiki|mobi|asia|jobs|tel|museum|aero|coop|arpa|berlin|hamburg|london|nyc"
)
LATIN = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
CYRILLIC = "\u0400-\u04ff"
LABEL = rf"[a-z0-9{LATIN}](?:[a-z0-9_{LATIN}-]*[a-z0-9{LATIN}])?"
SIGN = r"[^\x00-/:-@\[-`{-\x7f\s\u2000-\u206f\u3000-\u303f\uff00-\uff0f]"
ANY_LABEL = rf"{SIGN}(?:(?:{SIGN}|[_-])*{SIGN})?"
ENDED = r"(?![a-z0-9@+-])"
IN_PATH = rf"[a-z0-9{LATIN}{CYRILLIC}!*';:=+,.$/%#\[\]\u2013_~@|&-]"
ENDS_PATH = rf"[a-z0-9{LATIN}{CYRILLIC}=_#/+-]"
IN_PARENTHESES = rf"\({IN_PATH}+\)"
PATH = rf"(?:/(?:(?:{IN_PATH}|{IN_PARENTHESES})*(?:{ENDS_PATH}|{IN_PARENTHESES}))?)?"
QUERY = r"(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[a-z0-9_&=#/-])?"
LINK = (
    r"(?<![a-z0-9@＠$#＃\u202a-\u202e])"
    rf"(?:https?://(?:{ANY_LABEL}\.)+(?![0-9]){ANY_LABEL}"
    rf"|(?<![-_./])(?:{LABEL}\.)+(?:[a-z]{{2}}|{ENDINGS})){ENDED}"
    rf"(?::[0-9]+)?{PATH}{QUERY}"
)
PICTURE = (
    "[\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
ONE_PICTURE = rf"{PICTURE}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
EMOJI = (
    r"[0-9#*]\ufe0f?\u20e3"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    r"|\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f"
    r"|[\u00a9\u00ae]\ufe0f"
    rf"|{ONE_PICTURE}(?:\u200d{ONE_PICTURE})*"
)
PIECES = re.compile(rf"(?P<link>{LINK})|(?P<emoji>{EMOJI})|(?P<sign>.)", re.IGNORECASE | re.DOTALL)


def weighted_length(text: str) -> int:
    return sum(_weight(piece) for piece in PIECES.finditer(unicodedata.normalize("NFC", text)))


def _weight(piece: re.Match[str]) -> int:
    match piece.lastgroup:
        case "link":
            return LINK_WEIGHT
        case "emoji":
            return 2
    sign = ord(piece[0])
    return 1 if any(first <= sign <= last for first, last in LIGHT) else 2
