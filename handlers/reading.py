"""From typed words to the right run: the word behind a command, help, and the nearest word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from bot.errors import Refusal
from bot.model.person import Membership
from bot.model.visit import Answer
from handlers.arguments import (
    COURTESY,
    Misread,
    case_number,
    first,
    plain,
    says_nothing,
    spoken,
)
from handlers.spec import Call, Command, Word

RULE = "input"
ANYBODY = "Any employee can help a customer: claim a case, answer or bring it to someone who can."
"""What every help begins with."""
_MEANT_AS_NUMBER = re.compile(r"\W?\d")
_EXAMPLE = re.compile(r"\b42\b")
"""The case's number in every usage."""


async def run(command: Command, call: Call) -> Answer:
    """Raises `Refusal` with the usage in its sentence where the words cannot be read."""
    typed, rest = first(call.typed)
    if not typed:
        if command.alone:
            return await command.alone(call)
        return await explained(call, help_of(command, call.prefix))
    name = spoken(typed)
    word = next((each for each in command.words if each.name == name), None)
    if word is None and name == "help":
        return await explained(call, help_of(command, call.prefix))
    if word is None and command.run is None:
        raise _given_back(_unknown(command, name, call.prefix, rest), call)
    try:
        if word is not None:
            _no_more_than_it_takes(word, rest)
            return await word.run(replace(call, typed=rest))
        assert command.run is not None  # noqa: S101  for mypy: asked two lines above
        return await command.run(call)
    except Misread as misread:
        if word is None and command.words and not _MEANT_AS_NUMBER.match(name):
            raise _given_back(_unknown(command, name, call.prefix, rest), call) from misread
        usage = word.usage if word else command.usage_hint.partition(" | ")[0]
        usage = _with_number(usage, rest if word else call.typed)
        sentence = f"{misread} Type it like this: /{call.prefix}{command.name} {usage}"
        raise _given_back(Refusal(sentence, RULE), call) from misread


async def explained(call: Call, told: Answer) -> Answer:
    """Who may do nothing here is told why, by the policy, instead of what others may do."""
    if call.visit.by.membership in {Membership.MEMBER, Membership.UNKNOWN}:
        return told
    return await call.care.status.read(visit=call.visit)


def _given_back(no: Refusal, call: Call) -> Refusal:
    """With what was typed, where it is more than a word; a message still stands where it stood."""
    if call.event or not first(call.typed)[1]:
        return no
    return replace(no, copy=call.care.threshold.given_back(plain(call.typed)))


def _with_number(usage: str, typed: str) -> str:
    """As it is typed for the very case that was named, where one was."""
    try:
        number, _ = case_number(typed)
    except Misread:
        return usage
    return _EXAMPLE.sub(str(number), usage, count=1)


def _no_more_than_it_takes(word: Word, rest: str) -> None:
    """`/case undo 5` must not undo something else than 5."""
    if word.usage == word.name and not says_nothing(rest, COURTESY):
        raise Misread(f"“{word.name}” takes no further words, and I did nothing.")


def help_of(command: Command, prefix: str) -> Answer:
    slash = f"/{prefix}{command.name}"
    lines = [f"{slash} {word.usage} – {word.help}" for word in command.words]
    return Answer(f"{slash} {command.usage_hint}\n{command.description}", lines=tuple(lines))


def help_of_all(commands: Sequence[Command], prefix: str) -> Answer:
    lines = [f"/{prefix}{each.name} {each.usage_hint} – {each.description}" for each in commands]
    return Answer(
        ANYBODY,
        lines=(*lines, "Each of them explains itself: type it alone, or with help behind it."),
    )


def _unknown(command: Command, name: str, prefix: str, rest: str) -> Refusal:
    known: dict[str, Word] = {word.name: word for word in command.words}
    near = get_close_matches(name, known, n=1)
    slash = f"/{prefix}{command.name}"
    usage = _with_number(known[near[0]].usage, rest) if near else command.usage_hint
    return Refusal(f"{unknown(name, known)} Type it like this: {slash} {usage}", RULE)


def unknown(name: str, known: Iterable[str], *, meant: str = "") -> str:
    near = [meant] if meant else get_close_matches(name, list(known), n=1)
    guess = f" Did you mean “{near[0]}”?" if near else ""
    return f"I do not know the word “{name[:40]}”.{guess}"
