"""What somebody typed after a command, taken apart; Slack's own escapes are undone here, once.

The manifest sets `should_escape`, so a colleague arrives as `<@U1|name>`, a channel as
`<#C1|name>`, an address as `<https://…|text>`, and the three characters `&`, `<` and `>` as
entities. Text is taken apart first and made plain afterwards, so that typed words can never pose
as a colleague.
"""

import re
from collections.abc import Collection

from bot.compliance import worded
from bot.model.ids import CaseId

COURTESY = {"please", "pls", "plz", "kindly", "now", "thanks", "thank", "you", "@usher"}
"""Our name too, which some say twice."""
_LARGEST = 2**63 - 1
_DRESS = "*_~`.,:;!?…\"'“”„‘’()[]"
_SLACK = re.compile(
    r"&(?:amp|lt|gt);"
    r"|<([@#!](?=\w)|(?=https?:|mailto:|tel:))([^<>|]*)(?:\|([^<>]*))?>"
)
_EMOJI = re.compile(r":[\w'+-]+:")
_ENTITY = re.compile(r"&(?:amp|lt|gt);")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_NUMBER = re.compile(r"(?:#|[A-Za-z]-?)?([0-9]{1,19})")
_CHANNEL_NUMBER = re.compile(r"<#\w+\|([0-9]{1,19})>")
_COLLEAGUE = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.|mobile\.)?(?:x|twitter)\.com/@?(\w+)", re.ASCII | re.IGNORECASE
)


class Misread(Exception):
    """The text has not the form it should have; `str()` is a sentence that says what is missing."""


def plain(typed: str) -> str:
    """As the person typed it: entities and tokens back to characters and words."""
    return worded(_SLACK.sub(_word, typed))


def _word(found: re.Match[str]) -> str:
    kind, target, label = found.groups()
    if target is None:
        return _ENTITIES[found[0]]
    if kind == "!":
        return _unescaped(label or f"@{target}")
    if kind:
        return kind + _unescaped(label or target)
    # Slack turns "acme.com" into an address by itself; what the person typed is the label then.
    if label and target in {f"http://{label}", f"mailto:{label}"}:
        return _unescaped(label)
    return _unescaped(target).removeprefix("mailto:")


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text)


def first(typed: str) -> tuple[str, str]:
    """The first word and the rest, both as Slack sent them; a token with blanks stays whole."""
    found = re.match(r"\s*((?:<[^<>]*>|\S)+)\s*(.*)", typed, re.DOTALL)
    return (found[1], found[2].strip()) if found else ("", "")


def spoken(word: str) -> str:
    """A word as it is looked up: without its formatting and punctuation, in small letters."""
    return _undressed(plain(word)).casefold()


def _undressed(word: str) -> str:
    """`*claim*`, `Claim!` and `42.` are how people write; of nothing else nothing is left."""
    return word.strip(_DRESS) or word


def case_number(typed: str, *, what: str = "case", letter: str = "C") -> tuple[CaseId, str]:
    """`42`, `#42` or `C-42` and the rest. `what` and `letter` are only for the sentence."""
    word, rest = first(typed)
    found = _CHANNEL_NUMBER.fullmatch(word) or _NUMBER.fullmatch(_digits(_undressed(plain(word))))
    if not found or not 0 < int(found[1]) <= _LARGEST:
        missing = (
            f"“{plain(word)[:40]}” is no number of a {what}" if word else "A number is missing"
        )
        raise Misread(f"{missing}; it looks like 42 or {letter}-42.")
    return CaseId(int(found[1])), rest


def only_number(typed: str, *, what: str = "case", letter: str = "C") -> CaseId:
    """A number that nothing follows: of words that are dropped nobody knows that they were."""
    number, rest = case_number(typed, what=what, letter=letter)
    nothing_more(rest, after="the number")
    return number


def nothing_more(rest: str, *, after: str) -> None:
    """Raises `Misread` for more than courtesy."""
    if not says_nothing(rest, COURTESY):
        raise Misread(
            f"I take no further words after {after}, and I did nothing; a note takes them."
        )


def colleague(typed: str) -> tuple[str, str]:
    """The user id of `@name` and the rest."""
    word, rest = first(typed)
    found = _COLLEAGUE.fullmatch(_undressed(word))
    if not found:
        raise Misread("The colleague's name is missing: type @ and choose them from the list.")
    return found[1], rest


def handle(typed: str) -> tuple[str, str]:
    """`@jane`, `jane` or the address of a profile as the bare handle, and the rest made plain."""
    word, rest = first(typed)
    written = plain(word)
    profile = _PROFILE.match(written)
    bare = profile[1] if profile else written.lstrip("@").rstrip(",:;")
    if not bare:
        raise Misread("The customer's handle is missing, such as @jane.")
    return bare, plain(rest)


def says_nothing(text: str, words: Collection[str]) -> bool:
    """Whether there are no others than `words`; marks and emoji say nothing."""
    said = (spoken(each) for each in _EMOJI.sub(" ", plain(text)).split())
    return all(each in words or not any(map(str.isalnum, each)) for each in said)


def _digits(text: str) -> str:
    """Digits of any script and dashes of any keyboard as the plain ones."""
    return "".join(str(int(c)) if c.isdecimal() else "-" if c in "‐‑–—−" else c for c in text)
