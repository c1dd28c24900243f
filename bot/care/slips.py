"""Forms and who asked for them: a form carries the key of the visit that opened it, and no more.

So a form that is sent off cannot say of itself which case it is about, or whose it is.
"""

from dataclasses import dataclass, replace

from bot.care.acts import Acts, allowed
from bot.care.adding import as_they_are
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.ids import VisitKey
from bot.model.person import Person
from bot.model.visit import Answer, Form, Visit
from storage.unit_of_work import UnitOfWork

GONE = (
    "I do not know this form any more: it is more than a day old, or somebody else opened it. "
    "Nothing was done. Copy your words and open it again."
)


@dataclass(frozen=True, slots=True)
class Slips:
    acts: Acts

    async def form(self, slip: VisitKey, *, name: str, by: Person) -> Form:
        """Raises `Refusal` where this person never asked for it, or too long ago."""
        form = await self.acts.db.read(lambda unit: unit.visits.form(slip, by=by.key))
        if form is None or form.name != name:
            raise Refusal(GONE, "form-gone")
        return form

    async def reopen(self, slip: VisitKey, *, visit: Visit) -> Answer:
        """The same form once more; what it may do is decided when it is sent off."""

        def verb(unit: UnitOfWork) -> Answer:
            form = unit.visits.form(slip, by=visit.by.key)
            if form is None:
                raise Refusal(GONE, "form-gone")
            # Whoever may list no cases any more reads none of them here either.
            decision = self.acts.decide(unit, visit.by, Action.LIST_CASES, None)
            unit.commit(allowed("form.opened", decision, by=visit.by, case_id=form.case_id))
            form = replace(form, cases=as_they_are(unit, form.cases))
            return Answer("Here it is.", form=form)

        return await self.acts.run(visit, Action.LIST_CASES, verb)
