"""A card taken off the channel by a coordinator: its words go, the case stays as it is."""

from dataclasses import dataclass

from bot.care.acts import Acts, allowed, existing_view
from bot.care.orphans import moved
from bot.care.reveals import close_all_of
from bot.care.wording import quoted, quotes
from bot.compliance import Action, Decision
from bot.errors import Refusal
from bot.model.case import BLANKED, CaseView
from bot.model.delivery import Card, DeliveryKind
from bot.model.ids import CaseId
from bot.model.lanes import NOW
from bot.model.visit import Answer, Form, Visit
from bot.slack.forms.blank import CHANNEL, TS
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Blanking:
    acts: Acts

    async def sure(self, place: Card, *, case_id: CaseId | None, visit: Visit) -> Answer:
        """The form that makes sure; what may not be, or is no card, is said before it."""

        def verb(unit: UnitOfWork) -> Answer:
            decision, number = self._card(unit, place, case_id, visit)
            unit.commit(allowed("card.blank_asked", decision, by=visit.by, case_id=number))
            where = ((CHANNEL, place.channel_id), (TS, place.ts))
            return Answer("Blank this card?", form=Form("blank", number, filled=where))

        return await self.acts.run(visit, Action.BLANK, verb, case_id=case_id)

    async def blank(self, place: Card, *, case_id: CaseId | None, visit: Visit) -> Answer:
        """`case_id` is what the message itself says, for a card whose place we never learned."""

        def verb(unit: UnitOfWork) -> Answer:
            decision, number = self._card(unit, place, case_id, visit)
            # Nobody merges it meanwhile, or parts it again.
            unit.cases.hold(number)
            view = existing_view(unit, number)
            _blank(unit, view, place, visit)
            unit.commit(allowed("card.blanked", decision, by=visit.by, case_id=number))
            return Answer(
                f"The card of case {number} is blank now, and from now on only /case {number} "
                "shows its words.",
                lines=_elsewhere(view.case.merged_into),
            )

        return await self.acts.run(visit, Action.BLANK, verb, case_id=case_id)

    def _card(
        self, unit: UnitOfWork, place: Card, case_id: CaseId | None, visit: Visit
    ) -> tuple[Decision, CaseId]:
        decision = self.acts.decide(unit, visit.by, Action.BLANK, None)
        number = unit.cards.at(place) or case_id
        if number is None:
            raise Refusal("That is no card of a case, so nothing was blanked.", "no-card")
        return decision, number


def _blank(unit: UnitOfWork, view: CaseView, place: Card, visit: Visit) -> None:
    case_id = view.case.id
    where = unit.cards.where(case_id)
    if where in {None, place}:
        unit.cards.placed(case_id, place)
    else:
        # A copy whose receipt was lost: the words leave it, and the case's own card as well.
        moved(unit, case_id, place)
    unit.cards.blank(case_id, by=visit.by.key)
    # Who is told in the morning, or after their quiet hours, is told without its words.
    whole = (view, *(existing_view(unit, each.id) for each in view.joined))
    said = [quote for each in whole for quote in quotes(each)]
    for number in (each.case.id for each in whole):
        unit.outgoing.forget(said, case_id=number, instead=quoted(BLANKED))
        unit.complaints.forget_words(number)
        unit.approvals.draw_all_of(number)
    unit.people.seen(visit.by)
    close_all_of(unit, case_id)
    unit.deliveries.want(DeliveryKind.CARD, case_id)
    if view.case.storm_id is not None:
        # Its words may stand there as well.
        unit.deliveries.want(DeliveryKind.STORM, view.case.storm_id, priority=NOW)


def _elsewhere(into: CaseId | None) -> tuple[str, ...]:
    if into is None:
        return ()
    return (f"It goes on in case {into}: what was said stands on that card. Blank that one too.",)
