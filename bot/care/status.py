"""How Usher itself is: what waits, what is stuck, and what a human should look at."""

from dataclasses import dataclass

from bot.care.acts import Acts, allowed
from bot.care.listening import Listening
from bot.care.storms import storm_sentences
from bot.care.troubles import Troubles
from bot.care.wording import lasting
from bot.compliance import Action
from bot.model.visit import Answer, Visit
from storage.unit_of_work import Records, UnitOfWork


@dataclass(frozen=True, slots=True)
class Status:
    acts: Acts
    listening: Listening
    troubles: Troubles

    async def read(self, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.READ_STATUS, None)
            unit.commit(allowed("status.read", decision, by=visit.by))
            mine = "accepted" if self.acts.enrolled(unit, visit.by) else "not accepted yet"
            deaf = bool(self._deaf())
            return Answer(
                "Usher is at work, but does not hear everything." if deaf else "Usher is at work.",
                lines=(
                    *self.house(unit),
                    f"Guidebook in force: {mine} by you; {_how_many(unit.ambassadors.count())}.",
                    f"Set aside because they could not be read: {unit.mentions.set_aside_count()}.",
                    f"Handles with a link on file: {unit.links.count()}.",
                ),
            )

        return await self.acts.run(visit, Action.READ_STATUS, verb)

    def house(self, unit: Records) -> tuple[str, ...]:
        """What whoever looks after the house should see first."""
        figures = unit.deliveries.figures()
        oldest = (
            f", the oldest {lasting(figures.oldest_due_at, unit.now)}"
            if figures.oldest_due_at and figures.waiting
            else ""
        )
        return (
            *self._deaf(),
            *storm_sentences(unit),
            f"On the way out: {figures.waiting}{oldest}.",
            f"Stuck until somebody looks: {figures.stuck}.",
            *(f"· {reason}" for reason in figures.reasons),
        )

    def _deaf(self) -> tuple[str, ...]:
        return (*self.listening.sentences(), *self.troubles.sentences())


def _how_many(ambassadors: int) -> str:
    return "1 ambassador" if ambassadors == 1 else f"{ambassadors} ambassadors"
