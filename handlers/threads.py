"""What is said to us by name: `@usher note …` in a card's thread means the case of that card.

Every word behind a command is understood without the command, except where that would mislead.
"""

from bot.errors import Refusal
from bot.model.ids import CaseId
from bot.model.visit import Answer
from bot.slack.slashes import NAME, Slashes
from handlers import reading
from handlers.arguments import COURTESY, Misread, case_number, first, says_nothing, spoken
from handlers.commands import COMMANDS
from handlers.spec import Word

WITH_COMMAND = {"undo", "today"}
"""Understood behind their command only: alone they would mislead."""
WORDS = {
    word.name: command.name
    for command in COMMANDS
    for word in command.words
    if word.name not in WITH_COMMAND
}
"""Each word that needs no command before it, and the command it belongs to."""
ALONE = {"claim", "release", "resolve"}
"""A case's number is all they take, which a thread stands for."""
TO = {"handoff", "pass"}
"""They take somebody."""
PROSE = {"note", "reply"}
"""What follows is prose: "note 3 people called" speaks of no case 3."""
NUMBERED = {*ALONE, *TO, *PROSE}
"""They begin with a case's number."""
BEFORE = {*ALONE, "case", "mine", "status"}
"""Understood before our name too, with a case's number at most: longer talk is between people."""
THIS = {"this", "it", "that", "one", "the", "case"}
BETWEEN = {*THIS, "on", "to"}
"""As in: pass this on to somebody."""
THIS_PLEASE = THIS | COURTESY
ELSEWHERE = {
    "undo": "Undo takes back your last step, whichever case it was on. If that is what you mean, "
    "type /case undo.",
    "blank": "A coordinator blanks a card from its menu: point at the card, choose More actions, "
    "then Blank this card.",
    "reveal": "What nobody else may see opens in a window of your own, and Slack opens none for "
    "words said here. Type /case reveal and the case's number, and behind it what you need it for.",
}
"""What is not done here, and where it is."""
BY_SLASH = {"reveal"}
"""Never here, with `case` before it neither."""
MEANT = {
    **dict.fromkeys(("take", "taking", "i'll", "i’ll", "got", "grab"), "claim"),
    **dict.fromkeys(("done", "close", "closed", "solved", "fixed", "finished"), "resolve"),
}
"""What people say for a word of ours: it is asked back, and nothing is done."""
THANKS = {"thanks", "thank", "thx"}
WELCOME = "You are welcome: good that you help."
NOT_HERE = (
    "I do not know which case you mean: no card of mine stands above this. "
    "Say it in the thread of a card, or with the case's number, such as {name} {word} 42."
)
_MARKS = "*_~`"


def asked(before: str, *after: str) -> str:
    """What we are asked, by what stands before our name and after each time that it is said.

    Where nothing follows it, and before it stands one of few words alone, that one.
    """
    said = list(after)
    while said and says_nothing(said[0], COURTESY):
        del said[0]
    while said and says_nothing(said[-1], set()):
        del said[-1]
    if said:
        # "@usher, claim" and "@usher: note" are how people speak.
        return NAME.join(said).lstrip(" \t,:;–—-")
    word, rest = taken(before, prefix="")
    more = rest if _number(rest) is None else first(rest)[1]
    if word in {*BEFORE, *MEANT} and says_nothing(more, THIS_PLEASE):
        return before
    return "thanks" if any(map(thanked, (before, *after))) else ""


def taught(slashes: Slashes, answer: Answer) -> Answer:
    """What works here: in a thread Slack itself refuses slash commands."""
    return slashes.by_name(answer, but=BY_SLASH)


def thanked(typed: str) -> bool:
    return spoken(first(typed)[0]) in THANKS


def taken(typed: str, *, prefix: str) -> tuple[str, str]:
    """The word that says what to do, however it is dressed, and the rest."""
    name, rest = first(_unmarked(typed))
    if spoken(name) in COURTESY and rest:
        name, rest = first(rest)
    word = spoken(name).removeprefix("/").removeprefix(prefix)
    following = [spoken(each) for each in rest.split(maxsplit=2)[:2]]
    if word == "hand" and "off" in following[:1]:
        return "handoff", first(rest)[1]
    if word == "hand" and "off" in following and following[0] in THIS:
        return "handoff", first(first(rest)[1])[1]
    return ("handoff" if word == "hand-off" else word), rest


def _unmarked(typed: str) -> str:
    """Of `*claim 42*`, where the whole is set in bold, the words."""
    whole = typed.strip()
    inner = whole.lstrip(_MARKS)
    marks = whole[: len(whole) - len(inner)]
    bare = inner.removesuffix(marks[::-1])
    return bare if marks and bare != inner else whole


def spelled_out(word: str, rest: str, case_id: CaseId | None) -> str:
    """The same as somebody would type it after a slash, the case's number included."""
    if word in ELSEWHERE:
        raise Refusal(ELSEWHERE[word])
    if word in {"case", "show"} and case_id is not None and says_nothing(rest, THIS_PLEASE):
        return f"case {case_id}"
    inner, after = first(rest)
    if word == "case" and spoken(inner) in BY_SLASH:
        raise Refusal(ELSEWHERE[spoken(inner)])
    if word == "case" and (name := spoken(inner)) in NUMBERED:
        # Behind `case` everything is as behind the slash, the number too where there is one.
        return f"case {inner} {after if _number(after) else _numbered(name, after, case_id)}"
    if WORDS.get(spoken(inner)) == word and _number(after) is not None:
        # `reply find 42 refund`: its own word and a number are no prose.
        return f"{word} {inner} {after}"
    if word in NUMBERED:
        rest = _numbered(word, rest, case_id)
    return f"{WORDS[word]} {word} {rest}" if word in WORDS else f"{word} {rest}"


def unknown(word: str, *others: Word) -> Refusal:
    names = [*WORDS, *(command.name for command in COMMANDS), *(each.name for each in others)]
    said = reading.unknown(word, names, meant=MEANT.get(word, ""))
    return Refusal(f"{said} {NAME} help lists what I know.", reading.RULE)


def help_of_all(*others: Word) -> Answer:
    """Made of the commands themselves; `others` are words that only a mention has."""
    lines = [
        f"{command.name} {command.usage_hint.partition(' | ')[0]} – {command.description}"
        for command in COMMANDS
        if command.run is not None
    ]
    for command in (each for each in COMMANDS if each.words):
        for word in (each for each in command.words if each.name not in BY_SLASH):
            begins = f"{command.name} " if word.name in WITH_COMMAND else ""
            lines.append(f"{begins}{word.usage} – {word.help}")
    lines += [f"{word.usage} – {word.help}" for word in others]
    return Answer(
        f"{reading.ANYBODY} In the thread of a card you need not say the case's number.",
        lines=tuple(f"{NAME} {line}" for line in lines),
    )


def _numbered(word: str, rest: str, case_id: CaseId | None) -> str:
    number = _number(rest)
    if number is not None and (word not in PROSE or case_id in {None, number}):
        begin, rest = first(rest)
    elif case_id is None:
        raise Refusal(NOT_HERE.format(name=NAME, word=word))
    elif word in ALONE and not says_nothing(rest, THIS_PLEASE):
        raise Refusal(
            f"“{word}” takes a case's number and no other words, and I did nothing. "
            f"Say {NAME} {word}, or {NAME} {word} 42.",
            reading.RULE,
        )
    else:
        begin, rest = str(case_id), "" if word in ALONE else rest
    if word in PROSE and says_nothing(rest, THIS_PLEASE):
        rest = ""
    while word in TO and spoken(first(rest)[0]) in BETWEEN:
        rest = first(rest)[1]
    return f"{begin} {rest}"


def _number(rest: str) -> CaseId | None:
    try:
        return case_number(rest)[0]
    except Misread:
        return None
