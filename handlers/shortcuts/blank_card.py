"""Blank this card: a coordinator takes its words off the channel; the case stays as it is."""

from bot.errors import Refusal
from bot.model.visit import Answer
from handlers.shortcuts.chosen import may_not
from handlers.spec import Pick, Shortcut


async def blank(pick: Pick) -> Answer:
    said = pick.said
    if said is None or not (said.ours or may_not(pick)):
        raise Refusal("That is no card of mine. Choose a card of a case.", "no-card")
    return await pick.care.blanking.sure(said.place, case_id=said.case_id, visit=pick.visit)


SHORTCUT = Shortcut(
    callback_id="blank_card",
    name="Blank this card",
    description="For coordinators: take the words of this card off the channel.",
    where="message",
    run=blank,
)
