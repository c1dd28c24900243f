"""Looking a customer up by handle: the most regulated act in the product (X's off-X matching rule).

Only a link with a basis and a consent in force opens a record. No link, an outdated consent and no
such customer are one and the same sentence, so that the answer never tells who is a customer.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.care.acts import Acts, allowed
from bot.care.networks import Networks
from bot.care.privacy import tell_of_own
from bot.care.wording import case_line
from bot.compliance import Action, Decision, Guard, Sink
from bot.directories.base import Directory
from bot.errors import Misconfigured, Refusal, Unavailable
from bot.model.case import Case, CaseState, Source
from bot.model.customer import Basis, CustomerRecord, HandleLink, HeldHandle
from bot.model.delivery import DeliveryKind
from bot.model.mention import Author
from bot.model.visit import Answer, Visit
from bot.networks.base import Network
from storage.unit_of_work import Records, UnitOfWork

log = structlog.get_logger(__name__)

HOW = {
    Basis.CUSTOMER_PROVIDED: "the customer told us",
    Basis.OAUTH_VERIFIED: "the customer signed in with the network",
    Basis.DM_CODE_VERIFIED: "the customer sent us a code from that account",
    Basis.PUBLIC_DIRECTORY: "it stood in a public directory",
}
RESOLVE_SECONDS = 1.5
_EMAIL = re.compile(r"[^\s@]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
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
        return [guard.mask(line, sink=Sink.PERSON) for line in lines]


def half(value: str) -> str:
    """Enough to recognise a value one already knows: `j•••@example.com`, `H•••`."""
    local, at, domain = value.partition("@") if _EMAIL.fullmatch(value) else (value, "", "")
    return " ".join(f"{part[0]}•••" for part in local.split()) + at + domain


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
        try:
            # All of it is asked again in the transaction, so that here moments may differ.
            held = await self.acts.db.glance(lambda unit: self._held(unit, network, clean, visit))
        except Refusal as no:
            return await self.acts.refused(no, visit=visit, action=Action.LOOK_UP)
        author = await self._author_now(network, clean, held)
        link = await self._link(held, author)
        record = await self._record(link)

        def verb(unit: UnitOfWork) -> Answer:
            # The case may have been passed on since the first look.
            about = unit.lists.about_handle(visit.by.key, network.name, clean, 1 + EARLIER)
            case = held_by(visit, about)
            decision = self.acts.decide(unit, visit.by, Action.LOOK_UP, case)
            case_id = case.id if case else None
            if author is not None and case is not None:
                self._learned(unit, clean, author, decision, visit)
            if case is not None and case.source is Source.BROUGHT_IN:
                tell_of_own(unit, self.guard, case.id, by=visit.by)
            shown = (("shown", "no" if record is None else "yes"),)
            unit.commit(
                allowed("customer.looked_up", decision, by=visit.by, case_id=case_id, facts=shown)
            )
            if record is None or link is None:
                return nothing_on_file(clean, case)
            earlier = same_person(about, author)
            return self._page(clean, record, link, visit, earlier, now=unit.now)

        return await self.acts.run(visit, Action.LOOK_UP, verb)

    def _learned(
        self, unit: UnitOfWork, handle: str, author: Author, decision: Decision, visit: Visit
    ) -> None:
        """One customer is one: whoever holds the other cases of that handle gets it as well."""
        known = unit.cases.identify(handle, author, self.guard.guard(author.name))
        for one in known:
            unit.deliveries.want(DeliveryKind.CARD, str(one))
        unit.commit(
            *(allowed("case.identified", decision, by=visit.by, case_id=one) for one in known)
        )

    def _held(
        self, unit: Records, network: Network, handle: str, visit: Visit
    ) -> HeldHandle | None:
        """Decided before X or a directory is asked: for whoever may not look up, neither is."""
        about = unit.lists.about_handle(visit.by.key, network.name, handle, 1)
        self.acts.first_look(unit, visit.by, Action.LOOK_UP, held_by(visit, about))
        return unit.links.held(visit.by.key, network.name, handle)

    async def _author_now(
        self, network: Network, handle: str, held: HeldHandle | None
    ) -> Author | None:
        """Who bears the handle, asked of the network where a case brought in knows only that."""
        if held is None or held.user_id:
            return None
        try:
            return await asyncio.wait_for(network.find(handle), RESOLVE_SECONDS)
        except TimeoutError as late:
            raise Unavailable(network.name, "it did not answer in time") from late

    async def _link(self, held: HeldHandle | None, author: Author | None) -> HandleLink | None:
        if author is None:
            return held.link if held else None
        return await self.acts.db.glance(
            lambda unit: unit.links.find(author.network, author.user_id)
        )

    async def _record(self, link: HandleLink | None) -> CustomerRecord | None:
        if self.directory is None or link is None:
            return None
        if link.consent_version not in self.disclosure.consent_versions:
            return None
        try:
            return await self.directory.find(link.customer_id)
        except (Unavailable, Misconfigured):
            # Only a handle with a link comes this far: any other answer would tell who has one.
            log.warning("lookup.directory_away", party=self.directory.name)
            return None

    def _page(
        self,
        handle: str,
        record: CustomerRecord,
        link: HandleLink,
        visit: Visit,
        earlier: list[Case],
        *,
        now: datetime,
    ) -> Answer:
        return Answer(
            f"@{handle} is on file. Only you see this.",
            lines=(
                *self.disclosure.shown(record, visit.by.roles, self.guard),
                f"How we know: {HOW[link.basis]} on {link.linked_at:%d %B %Y}.",
                f"Consent: version {link.consent_version}.",
                *(f"Earlier case {case_line(case, now)}" for case in earlier),
            ),
        )


def held_by(visit: Visit, about: list[Case]) -> Case | None:
    """The first of `about` where the visitor holds it and it is open: storage puts it first."""
    for case in about[:1]:
        if case.holder == visit.by.key and case.state is CaseState.OPEN:
            return case
    return None


def same_person(about: list[Case], now_known: Author | None) -> list[Case]:
    """The cases after the held one, of its author alone: a handle may have been another's before.

    `now_known` is the author where the held case itself knew only the handle.
    """
    user_id = (now_known or about[0].author).user_id
    return [case for case in about[1:] if user_id and case.author.user_id == user_id]


def nothing_on_file(handle: str, case: Case | None) -> Answer:
    number = case.id if case else "42"
    return Answer(
        f"Nothing is on file that I may show for @{handle}.",
        lines=(
            "That is the same answer whether or not they are a customer.",
            f"Please ask for no personal data there: /handoff {number} is the safe way.",
        ),
    )
