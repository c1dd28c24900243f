"""How I want to be told: asked for, changed, and what becomes of it."""

from dataclasses import dataclass
from datetime import time

from bot.care.acts import Acts, allowed
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.visit import Answer, Form, Visit
from bot.model.wishes import How, Wishes, hour_of, hour_written
from bot.slack.forms.wishes import HOW, NAME, QUIET_FROM, QUIET_TO
from bot.slack.home import wishes_words
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class WishesVerbs:
    acts: Acts

    async def ask(self, *, visit: Visit) -> Answer:
        """The form, with what was wished last."""

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.SET_WISHES, None)
            unit.commit(allowed("wishes.asked", decision, by=visit.by))
            return Answer(
                "How do you want to be told?",
                form=Form(NAME, filled=_filled(unit.preferences.of(visit.by.key))),
            )

        return await self.acts.run(visit, Action.SET_WISHES, verb)

    async def set(self, how: str, quiet_from: str, quiet_to: str, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.SET_WISHES, None)
            begin, end = _hour(quiet_from, QUIET_FROM), _hour(quiet_to, QUIET_TO)
            if (begin is None) != (end is None) or (begin is not None and begin == end):
                raise Refusal(
                    "Quiet hours need a beginning and another hour as their end. "
                    "Leave both empty for none.",
                    field_id=QUIET_TO if end is None or begin == end else QUIET_FROM,
                )
            wishes = Wishes(_how(how), begin, end, visit.by.zone)
            unit.preferences.set(visit.by.key, wishes)
            unit.commit(allowed("wishes.set", decision, by=visit.by))
            return Answer(f"I tell you like this: {wishes_words(wishes)}", lines=(_OTHERWISE,))

        return await self.acts.run(visit, Action.SET_WISHES, verb)


_OTHERWISE = "Change it at any time: press Change on my Home tab."


def _filled(wishes: Wishes) -> tuple[tuple[str, str], ...]:
    return (
        (HOW, wishes.how.value),
        (QUIET_FROM, hour_written(wishes.quiet_from)),
        (QUIET_TO, hour_written(wishes.quiet_to)),
    )


def _how(text: str) -> How:
    try:
        return How(text)
    except ValueError as odd:
        raise Refusal("Please choose how I tell you.", field_id=HOW) from odd


def _hour(text: str, field_id: str) -> time | None:
    try:
        return hour_of(text)
    except ValueError as odd:
        raise Refusal("That is no hour of a day, such as 22:00.", field_id=field_id) from odd
