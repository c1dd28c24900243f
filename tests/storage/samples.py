"""People, posts and cases that nobody ever wrote, and short ways to put them into a database."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.model.audit import AuditEntry
from bot.model.case import NewCase, Source, Urgency
from bot.model.guarded import Guarded
from bot.model.ids import CaseId, ChannelId
from bot.model.mention import Author, NewMention
from bot.model.person import CLOCKWORK, Membership, Person, Workspace
from storage.database import Database
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")

KEY = bytes(range(32))
HOME = Workspace("T1", "E1")
START = datetime(2026, 3, 2, 8, 30, 0, 123456, tzinfo=UTC)


@dataclass(slots=True)
class HeldClock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


def person(user: str) -> Person:
    return Person(HOME, user, f"{user.title()} Berg", Membership.MEMBER)


ANNA, BEN = person("ANNA"), person("BEN")
LINE = AuditEntry("test.done", CLOCKWORK.key)


def guarded(text: str, *, kept: str | None = None) -> Guarded:
    return Guarded(masked=text, kept=text if kept is None else kept)


def author(number: int) -> Author:
    return Author("x", str(1000 + number), f"customer_{number}", f"Customer {number}")


def a_case(number: int = 1, **changes: Any) -> NewCase:
    who = changes.pop("author", author(number))
    case = NewCase(
        workspace=HOME,
        source=Source.MENTION,
        author=who,
        name=guarded(who.name),
        summary=guarded(f"my bill {number} is wrong"),
        route="billing",
        channel_id=ChannelId("C1"),
        urgency=Urgency.NORMAL,
        urgency_reason="word: bill",
        conversation_id=f"conversation-{number}",
        permalink=f"https://x.com/{who.handle}/status/{number}",
    )
    return replace(case, **changes)


def a_mention(case_id: CaseId, number: int = 1, **changes: Any) -> NewMention:
    who = changes.pop("author", author(number))
    mention = NewMention(
        case_id=case_id,
        author=who,
        name=guarded(who.name),
        external_id=f"post-{number}",
        words=guarded(f"my bill {number} is wrong, write to [e-mail]", kept="me@example.org"),
        created_at=START - timedelta(minutes=5),
        permalink=f"https://x.com/{who.handle}/status/{number}",
        parent_id="",
        conversation_id=f"conversation-{number}",
        language="en",
        summoned=True,
    )
    return replace(mention, **changes)


async def written(db: Database, work: Callable[[UnitOfWork], T]) -> T:
    """`work` in a transaction with a line on record, for tests that are about something else."""

    def recorded(unit: UnitOfWork) -> T:
        unit.commit(LINE)
        return work(unit)

    return await db.write(recorded)


async def opened(db: Database, *new: NewCase) -> list[CaseId]:
    return await written(db, lambda unit: unit.cases.open_many(new or (a_case(),)))
