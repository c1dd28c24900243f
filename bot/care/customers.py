"""Looking a customer up by handle: the most regulated act in the product (X's off-X matching rule).

Only a link with a basis and a consent in force opens a record. No link, an outdated consent and no
such customer are one and the same sentence, so that the answer never tells who is a customer.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.care.acts import Acts, allowed
from bot.care.networks import Networks
from bot.care.wording import case_line
from bot.compliance import Action, Guard
from bot.directories.base import Directory
from bot.errors import Unavailable
from bot.model.case import Case
from bot.model.customer import CustomerRecord, HandleLink
from bot.model.visit import Answer, Visit
from bot.networks.base import Network
from storage.unit_of_work import Records, UnitOfWork

RESOLVE_SECONDS = 1.5
EARLIER = 5


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Which fields a look-up shows: plain, masked, and which more by role."""

    plain: frozenset[str]
    masked: frozenset[str]
    plain_by_role: Mapping[str, frozenset[str]]
    masked_by_role: Mapping[str, frozenset[str]]
    consent_versions: frozenset[str]

    def shown(self, record: CustomerRecord, roles: frozenset[str], guard: Guard) -> list[str]:
        plain = self.plain.union(*(self.plain_by_role.get(role, frozenset()) for role in roles))
        masked = self.masked.union(*(self.masked_by_role.get(role, frozenset()) for role in roles))
        lines = []
        for field, value in record.fields:
            if not value or field not in plain | masked:
                continue
            shown = value if field in plain else half(value)
            lines.append(f"{field.replace('_', ' ').capitalize()}: {shown}")
        return [guard.guard(line).masked for line in lines]


def half(value: str) -> str:
    """The first character of each part, enough to recognise a value one already knows."""
    return " ".join(part[0] + "•" * 3 for part in value.replace("@", " @ ").split())


@dataclass(frozen=True, slots=True)
class Customers:
    acts: Acts
    guard: Guard
    networks: Networks
    directory: Directory | None
    disclosure: Disclosure

    async def look_up(self, handle: str, *, visit: Visit) -> Answer:
        """What this employee may see of the person behind `handle`, whose open case they hold."""
        network, clean = self.networks.handle(handle)
        held, link = await self.acts.db.read(
            lambda unit: self._on_file(unit, visit, network, clean)
        )
        if held is not None and link is None and not held.author.user_id:
            link = await self._link_by_handle(network, clean)
        record = await self._record(link) if held is not None else None

        def verb(unit: UnitOfWork) -> Answer:
            # Asked again in the transaction: the case may have been passed on since the first look.
            case = unit.cases.held_for_handle(visit.by.key, network.name, clean)
            decision = self.acts.decide(unit, visit.by, Action.LOOK_UP, case)
            shown = record is not None and link is not None
            unit.commit(
                allowed(
                    "customer.looked_up",
                    decision,
                    by=visit.by,
                    case_id=case.id if case else None,
                    facts=(("shown", "yes" if shown else "no"),),
                )
            )
            if record is None or link is None:
                return nothing_on_file(clean, case)
            return self._page(unit, clean, record, link, visit)

        return await self.acts.run(visit, Action.LOOK_UP, verb)

    def _on_file(
        self, unit: Records, visit: Visit, network: Network, handle: str
    ) -> tuple[Case | None, HandleLink | None]:
        case = unit.cases.held_for_handle(visit.by.key, network.name, handle)
        if case is None or not case.author.user_id:
            return case, None
        return case, unit.links.find(network.name, case.author.user_id)

    async def _link_by_handle(self, network: Network, handle: str) -> HandleLink | None:
        """A case brought in knows only the handle: the network tells whose it is today."""
        try:
            author = await asyncio.wait_for(network.find(handle), RESOLVE_SECONDS)
        except TimeoutError as late:
            raise Unavailable(network.name, "it did not answer in time") from late
        if author is None:
            return None
        return await self.acts.db.read(lambda unit: unit.links.find(network.name, author.user_id))

    async def _record(self, link: HandleLink | None) -> CustomerRecord | None:
        if self.directory is None or link is None:
            return None
        if link.consent_version not in self.disclosure.consent_versions:
            return None
        return await self.directory.find(link.customer_id)

    def _page(
        self, unit: Records, handle: str, record: CustomerRecord, link: HandleLink, visit: Visit
    ) -> Answer:
        earlier = unit.cases.find(f"@{handle}", EARLIER)
        basis = link.basis.value.replace("_", " ")
        return Answer(
            f"@{handle} is on file. Only you see this.",
            lines=(
                *self.disclosure.shown(record, visit.by.roles, self.guard),
                f"Basis of the link: {basis}, {link.linked_at:%d %B %Y}, {link.consent_version}.",
                *(f"Case {case_line(case, unit.now)}" for case in earlier),
            ),
        )


def nothing_on_file(handle: str, case: Case | None) -> Answer:
    number = case.id if case else "42"
    return Answer(
        f"Nothing is on file that I may show for @{handle}.",
        lines=(
            "That is the same answer whether or not they are a customer.",
            f"Please ask for no personal data there: /handoff {number} is the safe way.",
        ),
    )
