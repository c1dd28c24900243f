"""No text about a person stands in clear, and no text whatever is refused by an engine."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.model.approval import NewApproval
from bot.model.cleared import Cleared
from bot.model.complaint import Grievance, Marking
from bot.model.customer import Basis, HandleLink
from bot.model.guarded import Guarded
from bot.model.handoff import HandoffKind, NewHandoff
from bot.model.ids import CaseId, VisitKey
from bot.model.kept_answer import NewKept
from bot.model.mention import Author, SetAside
from bot.model.person import Person
from bot.model.reply import NewReply, Way
from bot.model.request import RequestKind
from bot.model.visit import Answer
from storage.database import Database
from storage.tables import metadata
from storage.tables.types import storable
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import ANNA, LINE, START, a_case, a_mention, opened, written

CANARY = "canary-7f3a"


def secret(where: str) -> str:
    return f"{CANARY}-{where}"


def hidden(where: str) -> Guarded:
    return Guarded(masked=f"[masked {where}]", kept=secret(where))


def link() -> HandleLink:
    return HandleLink(
        network="x",
        network_user_id="1",
        handle=secret("link handle"),
        customer_id=secret("customer"),
        basis=Basis.CUSTOMER_PROVIDED,
        consent_version="2026-01",
        linked_at=START,
        linked_by="import",
    )


def everything(unit: UnitOfWork) -> None:
    """One row in every table that may know of a person."""
    colleague = replace(ANNA, name=secret("colleague"))
    who = Author("x", "1", secret("handle"), secret("raw name"))
    told = {"author": who, "name": hidden("name"), "permalink": f"https://x.com/{secret('link')}"}
    (case_id,) = unit.cases.open_many([a_case(1, summary=hidden("summary"), **told)])
    unit.mentions.add_many([a_mention(case_id, 1, words=hidden("words"), **told)])
    unit.mentions.set_aside([SetAside("x", secret("raw").encode(), "not JSON")])
    unit.cases.claim(case_id, by=colleague)
    unit.notes.add(case_id, by=colleague, words=hidden("note"))
    unit.handoffs.ask(
        NewHandoff(case_id, HandoffKind.SALES, "d", "q", "k", hidden("handoff"), colleague)
    )
    reply_id = unit.replies.draft(
        NewReply(case_id, Way.PUBLIC, secret("reply"), "hash", colleague.key, colleague.name)
    )
    kept_id = unit.kept_answers.keep(
        NewKept(reply_id, case_id, "billing", hidden("title"), hidden("kept"), colleague)
    )
    assert kept_id is not None
    unit.kept_answers.use(kept_id, case_id=case_id, reply_id=reply_id, by=colleague.key)
    more(unit, case_id, colleague)
    unit.links.put_many([link()])
    unit.people.seen(colleague)
    unit.ambassadors.accept(colleague, "v1")
    unit.outgoing.queue("U1", Cleared(secret("message")))
    unit.visits.keep("visit", Answer(secret("answer")), by="T:U")
    unit.commit(LINE)


def more(unit: UnitOfWork, case_id: CaseId, colleague: Person) -> None:
    """What controls keep of it."""
    unit.holds.ask("billing", by=colleague.key, reason=secret("hold"))
    asked = NewApproval(RequestKind.REPLY, str(case_id), "hash", "", 1, colleague)
    hour = timedelta(hours=1)
    approval_id = unit.approvals.ask(asked, remind_at=unit.now + hour, expires_at=unit.now + hour)
    unit.approvals.answer(approval_id, ANNA.key, yes=False, reason=secret("no"))
    by, visit = colleague.key, VisitKey("reveal")
    unit.reveals.ask(case_id, by=by, reason=hidden("what for"), lasts=hour, visit=visit)
    unit.exports.ask(case_id, by=by, reason=secret("export"))
    case = unit.cases.get(case_id)
    assert case is not None
    unit.complaints.mark(case, Marking(Grievance.NO, hidden("product")), by=colleague.key)


NO_WORDS = {
    *("absences", "cards", "channels", "cursors", "homes", "leases"),
    *("inbox", "policies", "preferences", "role_holders", "storms", "turns"),
    *("approval_cards", "guidebooks", "merged_rows", "merges", "rereadings", "trust"),
}
"""Tables of ids, hours and settings."""


async def test_nothing_of_a_person_stands_in_clear(db: Database) -> None:
    await db.write(everything)

    def dump(unit: Any) -> dict[str, str]:
        return {
            name: "".join(
                value.decode("latin-1") if isinstance(value, bytes) else str(value)
                for row in unit.conn.execute(select(table))
                for value in row
            )
            for name, table in metadata.tables.items()
        }

    told = await db.read(dump)
    assert {name for name, text in told.items() if CANARY in text} == set()
    empty = {name for name, text in told.items() if not text}
    assert empty == NO_WORDS, "a table was not tried"


ANYTHING = st.text(st.characters(), max_size=30)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=ANYTHING, other=ANYTHING, user=st.text(st.characters(), min_size=1, max_size=10))
async def test_any_text_goes_in_and_comes_back(
    db: Database, text: str, other: str, user: str
) -> None:
    """Sealed exactly as it was; in clear without NUL and half surrogates."""
    who = Author("x", f"id {user}", text, "unused")
    colleague = Person(ANNA.workspace, f"U{user}", other, ANNA.membership)
    changes = {"author": who, "name": Guarded(other, other)}
    (case_id,) = await opened(db, a_case(1, summary=Guarded(text, other), **changes))
    await written(db, lambda unit: unit.cases.claim(case_id, by=colleague))
    await written(db, lambda unit: unit.notes.add(case_id, by=colleague, words=Guarded(text, text)))
    view = await db.read(lambda unit: unit.cases.view(case_id))
    assert view is not None
    assert (view.case.summary, view.case.author.handle) == (storable(text), text)
    assert (view.case.author.name, view.case.holder_name) == (other, other)
    assert (view.notes[0].words, view.notes[0].by_name) == (storable(text), other)
