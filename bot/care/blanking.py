"""A card taken off the channel by a coordinator: its words go, the case stays as it is."""

from dataclasses import dataclass

from bot.care.acts import Acts, allowed, existing
from bot.care.orphans import moved
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.delivery import Card, DeliveryKind
from bot.model.ids import CaseId
from bot.model.visit import Answer, Visit
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Blanking:
    acts: Acts

    async def blank(self, place: Card, *, case_id: CaseId | None, visit: Visit) -> Answer:
        """`case_id` is what the message itself says, for a card whose place we never learned."""

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.BLANK, None)
            number = unit.cards.at(place) or case_id
            if number is None:
                raise Refusal("That is no card of a case, so nothing was blanked.", "no-card")
            case = existing(unit, number)
            _blank(unit, number, place, visit)
            unit.commit(allowed("card.blanked", decision, by=visit.by, case_id=case.id))
            return Answer(f"The card of case {number} is blank now. /case {number} still shows it.")

        return await self.acts.run(visit, Action.BLANK, verb, case_id=case_id)


def _blank(unit: UnitOfWork, case_id: CaseId, place: Card, visit: Visit) -> None:
    where = unit.cards.where(case_id)
    if where in {None, place}:
        unit.cards.placed(case_id, place)
    else:
        # A copy whose receipt was lost: the words leave it, and the case's own card as well.
        moved(unit, case_id, place)
    unit.cards.blank(case_id, by=visit.by.key)
    unit.people.seen(visit.by)
    unit.deliveries.want(DeliveryKind.CARD, case_id)
