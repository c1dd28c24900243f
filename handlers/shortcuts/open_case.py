"""Open a case: a new one, with the words of this message to begin with."""

from bot.model.visit import Answer
from handlers.shortcuts.chosen import from_a_person
from handlers.spec import Pick, Shortcut


async def open_case(pick: Pick) -> Answer:
    said = from_a_person(pick)
    return await pick.care.opening.ask_for_new(
        said.text, source_url=said.url, author=said.by, visit=pick.visit
    )


SHORTCUT = Shortcut(
    callback_id="open_case",
    name="Open a case",
    description="Open a case for the customer this message speaks of.",
    where="message",
    run=open_case,
)
