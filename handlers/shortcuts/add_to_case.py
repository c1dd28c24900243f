"""Add to a case: this message, to one of mine or to any by its number."""

from bot.model.visit import Answer
from handlers.shortcuts.chosen import from_a_person
from handlers.spec import Pick, Shortcut


async def add(pick: Pick) -> Answer:
    said = from_a_person(pick)
    return await pick.care.adding.ask(
        said.text, source_url=said.url, author=said.by, thread=said.thread, visit=pick.visit
    )


SHORTCUT = Shortcut(
    callback_id="add_to_case",
    name="Add to a case",
    description="What this message says becomes part of a case.",
    where="message",
    run=add,
)
