"""Somebody's Home tab: what it shows is asked in one read, each time it is drawn.

It is drawn when they open it, and anew while what is theirs changes and they may still be looking.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.care.acts import Acts, allowed
from bot.care.coordinators import COORDINATOR
from bot.care.status import Status
from bot.compliance import Action, Guard
from bot.errors import Refusal, Unavailable
from bot.model.audit import AuditEntry, Effect
from bot.model.case import Case
from bot.model.delivery import DeliveryKind
from bot.model.home import HomeCase, HomeView
from bot.model.ids import CaseId, PersonKey
from bot.model.person import Enrolment, Person, Workspace, user_id_of
from bot.model.visit import Answer, Visit
from bot.slack.home import MOST_CASES, closed, home
from bot.slack.home_tab import HomeTab
from bot.slack.people import People
from bot.slack.slashes import Slashes
from storage.unit_of_work import Records, UnitOfWork

Again = Mapping[CaseId, tuple[str, datetime]]
"""What was written last, and when, by whom who wrote more than once."""


@dataclass(frozen=True, slots=True)
class Homes:
    acts: Acts
    guard: Guard
    people: People
    tab: HomeTab
    status: Status
    slashes: Slashes
    workspace: Workspace

    async def opened(self, *, visit: Visit) -> Answer:
        """Nothing is said: what they are shown, or why not, stands on the tab itself."""

        def verb(unit: UnitOfWork) -> Answer:
            unit.homes.seen(visit.by.key)
            unit.deliveries.want(DeliveryKind.HOME, visit.by.key)
            unit.commit(self._decided(unit, visit.by))
            return Answer("")

        return await self.acts.run(visit, "home.opened", verb)

    def _decided(self, unit: UnitOfWork, by: Person) -> AuditEntry:
        try:
            return allowed("home.read", self.acts.decide(unit, by, Action.READ_HOME, None), by=by)
        except Refusal as no:
            policy = self.acts.policy.hash
            return AuditEntry(
                "home.read", by.key, effect=Effect.DENIED, rule=no.rule, policy=policy
            )

    async def draw(self, subject: str) -> None:
        """The courier's errand; `subject` is a person key."""
        key = PersonKey(subject)
        user_id = user_id_of(key)
        person = await self.people.who(self.workspace, user_id)
        view, mark = await self.acts.db.read(
            lambda unit: (self._shown(unit, person), unit.homes.hash(key))
        )
        drawn = await self.tab.publish(user_id, self.guard.clear(view), mark=mark)
        await self.acts.db.technical(lambda unit: unit.homes.drawn(key, drawn))
        if not drawn:
            raise Unavailable("home", "a newer one was drawn meanwhile", retry_after=1.0)

    def _shown(self, unit: Records, person: Person) -> dict[str, Any]:
        """On record is the opening, as a decision; each drawing after it is judged anew, and what
        a yes takes is asked for again: the policy may be another one by now."""
        try:
            with self.acts.obligations.run():
                self.acts.decide(unit, person, Action.READ_HOME, None)
        except Refusal as no:
            return closed(no.sentence)
        return home(self._view(unit, person))

    def _view(self, unit: Records, person: Person) -> HomeView:
        enrolment = self.acts.enrolment(unit, person)
        accepted = unit.ambassadors.accepted(person.key)
        held, waiting = unit.lists.held_by(person.key, MOST_CASES), unit.lists.waiting(MOST_CASES)
        again = unit.mentions.written_again(case.id for case in (*held, *waiting))
        return HomeView(
            now=unit.now,
            mine=tuple(_as_shown(unit, case, again) for case in held),
            # What was handed off before is no matter while nobody holds it.
            waiting=tuple(_with_newest(HomeCase(case), again) for case in waiting),
            waiting_in_all=unit.lists.how_many_wait(),
            enrolment=enrolment,
            wishes=unit.preferences.of(person.key),
            news=self.acts.news(unit, person.key) if enrolment is Enrolment.LAPSED else (),
            house=self._house(unit) if COORDINATOR in person.roles else (),
            accepted_at=accepted.at if accepted is not None else None,
            away=unit.absences.of(person.key),
        )

    def _house(self, unit: Records) -> tuple[str, ...]:
        return tuple(self.slashes.spell(line) for line in self.status.house(unit))


def _as_shown(unit: Records, case: Case, again: Again) -> HomeCase:
    is_answered = unit.replies.answers_all(case.id)
    shown = case.once_answered() if is_answered else case
    home_case = HomeCase(shown, tuple(unit.handoffs.views(case.id)), is_answered)
    return _with_newest(home_case, again)


def _with_newest(shown: HomeCase, again: Again) -> HomeCase:
    words, at = again.get(shown.case.id, ("", None))
    return replace(shown, newest=words, newest_at=at)
