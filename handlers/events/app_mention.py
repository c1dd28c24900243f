"""`@usher claim 42`: slash commands do not work in threads, so a mention carries the same words."""

from dataclasses import replace

from bot.model.visit import Answer
from handlers import reading
from handlers.arguments import first, plain
from handlers.commands import COMMANDS
from handlers.spec import Call, Event

_NO_FORM = "A form can only be opened by a slash command or a button; please use one of these."


async def as_command(call: Call) -> Answer:
    name, rest = first(call.typed)
    spoken = plain(name).casefold().removeprefix("/").removeprefix(call.prefix)
    if spoken in {"", "help"}:
        return reading.help_of_all(COMMANDS, call.prefix)
    command = next((each for each in COMMANDS if each.name == spoken), None)
    if command is None:
        raise reading.unknown_command(COMMANDS, spoken)
    answer = await reading.run(command, replace(call, typed=rest))
    if answer.form is None:
        return answer
    return replace(answer, form=None, lines=(*answer.lines, _NO_FORM))


EVENT = Event("app_mention", as_command)
