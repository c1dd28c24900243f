"""The verbs without Slack around them: what a figure of the kitchen is taken on."""

from dataclasses import dataclass
from itertools import count

from bot.care.acts import Acts
from bot.care.cases import Cases
from bot.care.mentions import Mentions
from bot.care.obligations import Obligations, handlers
from bot.care.policy_in_force import PolicyInForce
from bot.care.routing import Route, Router
from bot.care.storms import Storms, Weather
from bot.compliance import Guard, Policy
from bot.model.audit import AuditEntry
from bot.model.case import Urgency
from bot.model.clock import utc_now
from bot.model.ids import CaseId
from bot.model.mention import Author, Batch, Incoming
from bot.model.person import CLOCKWORK, Membership, Person, Workspace
from bot.model.visit import Query
from storage.database import Database
from storage.unit_of_work import UnitOfWork

HOME = Workspace("T0BENCH")
BOOK = "a" * 64
PEOPLE = tuple(
    Person(HOME, f"U0BENCH{number:02}", f"Colleague {number}", Membership.MEMBER)
    for number in range(50)
)
_posts = count(1)


@dataclass(frozen=True, slots=True)
class Kitchen:
    cases: Cases
    mentions: Mentions

    async def new_case(self) -> CaseId:
        """A fresh case that came in as one mention."""
        await self.mentions.receive(batch(1), network="x")
        found = await self.cases.acts.db.read(
            lambda unit: unit.finding.page(Query("charged"), by=PEOPLE[0].key, size=1)
        )
        return found.cases[0].id


async def kitchen_of(db: Database) -> Kitchen:
    """With the standard policy and everybody enrolled."""
    guard = Guard()
    in_force = PolicyInForce(Policy.load("standard"))
    acts = Acts(db, in_force, lambda: BOOK, Obligations(handlers(guard)))
    router = Router((), Route("all", "#all", (), frozenset(), Urgency.NORMAL), ())
    await db.write(_enroll)
    cases = Cases(acts, guard)
    # A figure counts what each mention costs with a card of its own.
    storms = Storms(acts, cases, HOME, Weather(opens_above=1_000_000))
    return Kitchen(cases, Mentions(acts, guard, router, HOME, storms))


def _enroll(unit: UnitOfWork) -> None:
    for person in PEOPLE:
        unit.ambassadors.accept(person, BOOK)
    unit.commit(AuditEntry("guidebook.accepted", CLOCKWORK.key))


def batch(size: int) -> Batch:
    """Posts of as many customers, each a conversation of its own."""
    return Batch(tuple(_post(next(_posts)) for _ in range(size)), (), str(next(_posts)))


def _post(number: int) -> Incoming:
    return Incoming(
        network="x",
        external_id=str(10**18 + number),
        author=Author("x", str(5000 + number), f"customer_{number}", f"Customer {number}"),
        text=f"@acme your app charged me twice on Monday and nobody answers, order {number}. "
        "I have written three times now and would like my money back before the weekend, please.",
        created_at=utc_now(),
        permalink=f"https://x.com/customer_{number}/status/{10**18 + number}",
        conversation_id=str(10**18 + number),
        language="en",
        summoned=True,
    )
