"""`@usher claim`: slash commands do not work in threads, so a mention carries the same words.

Only what is said to us by name is heard, and only what asks to be kept is kept.
"""

from dataclasses import replace

from bot.model.ids import CaseId
from bot.model.visit import Answer
from handlers import reading, threads
from handlers.arguments import first, plain, spoken
from handlers.buttons.open_form import offer
from handlers.commands import COMMANDS
from handlers.spec import Call, Event, Word

_FORM = "Press the button, and the form for it opens."


async def as_command(call: Call) -> Answer:
    case_id = await call.care.adding.case_of(call.thread)
    answer = await _answer(call, case_id)
    if answer.form is None:
        return answer
    # No form opens by itself here: there is no press that Slack would take for one.
    return replace(answer, form=None, lines=(*answer.lines, _FORM), offers=(offer(call.visit.key),))


async def _answer(call: Call, case_id: CaseId | None) -> Answer:
    word, rest = threads.taken(call.typed, prefix=call.prefix)
    if word in {"", "help"}:
        return await reading.explained(call, threads.help_of_all(ADD))
    if word == ADD.name:
        return await ADD.run(replace(call, typed=rest))
    name, rest = first(threads.spelled_out(word, rest, case_id))
    command = next((each for each in COMMANDS if each.name == name), None)
    if command is None and threads.thanked(call.typed):
        return Answer(threads.WELCOME)
    if command is None:
        raise threads.unknown(word, ADD)
    return await reading.run(command, replace(call, typed=rest))


async def add(call: Call) -> Answer:
    """`add this` says not what: the form asks. `add` and words are added as they stand."""
    case_id, words = await call.care.adding.case_of(call.thread), plain(call.typed)
    said = "" if spoken(words) in {"", *threads.THIS} else words
    if case_id is None or not said:
        return await call.care.adding.ask(said, thread=call.thread, visit=call.visit)
    return await call.care.adding.add(case_id, said, visit=call.visit)


ADD = Word("add", "add she paid already", "what you say becomes part of the case", add)
EVENT = Event("app_mention", as_command)
