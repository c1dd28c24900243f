"""Show the list: those of a storm who wait, a page at a time."""

from bot.model.ids import CaseId, StormId
from bot.model.visit import Answer
from handlers.spec import Button, Press, number_in


async def storm_list(press: Press) -> Answer:
    """The value is the storm's number and, from the second page on, the last case shown."""
    storm, _, last = press.value.partition(" ")
    number = StormId(number_in(storm))
    after = CaseId(number_in(last)) if last else None
    return await press.care.storms.show(number, after=after, visit=press.visit)


BUTTON = Button("storm_list", storm_list)
