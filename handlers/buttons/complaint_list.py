"""More: the next page of the register of complaints, in the place of the one that is shown."""

from bot.model.ids import CaseId
from bot.model.visit import Answer
from handlers.spec import Button, Press, number_in


async def more(press: Press) -> Answer:
    """The value is the last case shown and, behind it, which complaints were asked for."""
    last, _, which = press.value.partition(" ")
    after = CaseId(number_in(last))
    return await press.care.complaint_register.show(which, after=after, visit=press.visit)


BUTTON = Button("complaint_list", more)
