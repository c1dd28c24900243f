"""Whether all that Usher needs of Slack is there, for a coordinator who asks in Slack."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol

from bot.care.acts import Acts, allowed
from bot.care.thin_roles import thin_roles
from bot.care.troubles import Troubles
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.delivery import DeliveryKind
from bot.model.finding import Finding
from bot.model.ids import PersonKey
from bot.model.visit import Answer, Visit
from bot.slack.border import MESSAGES_OFF
from bot.slack.setup import HOME_TAB
from storage.unit_of_work import Records, UnitOfWork


class Look(Protocol):
    """Asks Slack piece by piece; never raises."""

    def __call__(self, *, by: str) -> Awaitable[tuple[Finding, ...]]: ...


@dataclass(frozen=True, slots=True)
class SettingUp:
    acts: Acts
    look: Look
    troubles: Troubles

    async def check(self, *, visit: Visit) -> Answer:
        findings = await self.look(by=visit.by.user_id) if await self._may(visit) else ()

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.SET_UP, None)
            unit.commit(allowed("setup.checked", decision, by=visit.by))
            if any(found.what == HOME_TAB and not found.problem for found in findings):
                # To learn that it is on, something was drawn where nothing stood yet.
                unit.deliveries.want(DeliveryKind.HOME, visit.by.key)
            wrong = [finding for finding in findings if finding.problem]
            troubles = (*self.troubles.sentences(), *_refused(unit))
            return Answer(
                _heading(len(wrong) + len(troubles)),
                lines=tuple(
                    [finding.line for finding in (*wrong, *(f for f in findings if not f.problem))]
                    + [f"✗ {trouble}" for trouble in troubles]
                    + [f"· {hint}" for hint in self._thin(unit)]
                ),
            )

        return await self.acts.run(visit, Action.SET_UP, verb)

    def _thin(self, unit: Records) -> list[str]:
        """As roles were when anybody last looked."""
        policy = self.acts.policy
        held: dict[str, list[PersonKey]] = {role: [] for role in policy.roles}
        for role, person in unit.roles.held():
            held.setdefault(role, []).append(person)
        return list(thin_roles(policy, held))

    async def _may(self, visit: Visit) -> bool:
        """Asked before Slack is; what is answered is decided again, on record."""

        def allowed_to(unit: Records) -> bool:
            try:
                self.acts.weigh(unit, visit.by, Action.SET_UP, None)
            except Refusal:
                return False
            return True

        return await self.acts.db.read(allowed_to)


def _refused(unit: Records) -> tuple[str, ...]:
    """To ask Slack whether the Messages tab is on, something would have to be said to somebody."""
    return tuple(each for each in unit.deliveries.figures().reasons if each == MESSAGES_OFF)


def _heading(wrong: int) -> str:
    if not wrong:
        return "Everything Usher needs of Slack is in place."
    return f"{wrong} {'thing needs' if wrong == 1 else 'things need'} your hand."
