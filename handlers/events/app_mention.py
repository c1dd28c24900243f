"""`@usher claim`: slash commands do not work in threads, so a mention carries the same words.

Only what is said to us by name is heard, and only what asks to be kept is kept.
"""

from dataclasses import replace

from bot.model.ids import CaseId
from bot.model.visit import Answer
from handlers import reading
from handlers.arguments import first, plain
from handlers.buttons.open_form import offer
from handlers.commands import COMMANDS
from handlers.spec import Call, Event
from handlers.threads import spelled_out

_FORM = "Press the button, and the form for it opens."
_THIS = {"", "this", "it", "that"}


async def as_command(call: Call) -> Answer:
    case_id = await call.care.adding.case_of(call.thread)
    answer = await _answer(call, case_id)
    if answer.form is None:
        return answer
    # No form opens by itself here: there is no press that Slack would take for one.
    return replace(answer, form=None, lines=(*answer.lines, _FORM), offers=(offer(call.visit.key),))


async def _answer(call: Call, case_id: CaseId | None) -> Answer:
    name, rest = first(call.typed)
    spoken = plain(name).casefold().removeprefix("/").removeprefix(call.prefix)
    if spoken in {"", "help"}:
        return reading.help_of_all(COMMANDS, call.prefix)
    if spoken == "add":
        return await _add(call, plain(rest), case_id)
    name, rest = first(spelled_out(call.typed, case_id, prefix=call.prefix))
    command = next((each for each in COMMANDS if each.name == name), None)
    if command is None:
        raise reading.unknown_command(COMMANDS, spoken)
    return await reading.run(command, replace(call, typed=rest))


async def _add(call: Call, words: str, case_id: CaseId | None) -> Answer:
    """`add this` says not what: the form asks. `add` and words are added as they stand."""
    if case_id is None or words.casefold().rstrip(".!") in _THIS:
        said = "" if words.casefold().rstrip(".!") in _THIS else words
        return await call.care.adding.ask(said, thread=call.thread, visit=call.visit)
    return await call.care.adding.add(case_id, words, visit=call.visit)


EVENT = Event("app_mention", as_command)
