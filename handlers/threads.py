"""What is said to us in a card's thread: `@usher note …` means the case whose card stands above."""

from bot.errors import Refusal
from bot.model.ids import CaseId
from handlers.arguments import Misread, case_number, first, plain

OF_CASE = {"note", "release", "resolve", "pass", "why", "find", "mine", "open", "new"}
"""Words of /case that are understood without saying `case` first."""
NUMBERED = {"claim", "handoff", "reply", "note", "release", "resolve", "pass"}
"""They begin with a case's number, which a thread stands for."""
PROSE = {"note"}
"""What follows is prose: "note 3 people called" speaks of no case 3."""
UNDO = (
    "Undo takes back your last step, whichever case it was on. If that is what you mean, type "
    "/case undo."
)
NOT_HERE = (
    "I do not know which case you mean: no card of mine stands above this. "
    "Say it in the thread of a card, or with the case's number, such as case note 42."
)


def spelled_out(typed: str, case_id: CaseId | None, *, prefix: str) -> str:
    """The same as somebody would type it after a slash, the case's number included."""
    word, rest = _command(typed, prefix)
    if word == "undo":
        raise Refusal(UNDO)
    if word in {"case", "show"} and not rest and case_id is not None:
        return f"case {case_id}"
    inner, after = first(rest)
    if word == "case" and (spoken := plain(inner).casefold()) in NUMBERED:
        # Behind `case` everything is as behind the slash, the number too where there is one.
        return f"case {inner} {after if _number(after) else _numbered(spoken, after, case_id)}"
    if word in NUMBERED:
        rest = _numbered(word, rest, case_id)
    return f"case {word} {rest}" if word in OF_CASE else f"{word} {rest}"


def _command(typed: str, prefix: str) -> tuple[str, str]:
    """`hand off` is two words for one."""
    name, rest = first(typed)
    word = plain(name).casefold().removeprefix("/").removeprefix(prefix)
    second, after = first(rest)
    if word == "hand" and plain(second).casefold() == "off":
        return "handoff", after
    return ("handoff" if word == "hand-off" else word), rest


def _numbered(word: str, rest: str, case_id: CaseId | None) -> str:
    number = _number(rest)
    if number is not None and (word not in PROSE or case_id in {None, number}):
        return rest
    if case_id is None:
        raise Refusal(NOT_HERE)
    return f"{case_id} {rest}"


def _number(rest: str) -> CaseId | None:
    try:
        return case_number(rest)[0]
    except Misread:
        return None
