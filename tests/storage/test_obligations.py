"""What a yes is given under is carried out, or it is a no: nobody has to remember it."""

from dataclasses import replace
from itertools import count

import pytest

from bot.care.acts import Acts
from bot.care.asking import Asked
from bot.care.obligations import NOTHING, Brought, Obligations, handlers
from bot.care.policy_in_force import PolicyInForce
from bot.compliance import Action, Guard, Policy, ReplyFacts
from bot.errors import Refusal
from bot.model.audit import AuditEntry
from bot.model.case import Case
from bot.model.ids import DecisionId, PersonKey, VisitKey
from bot.model.person import Person
from bot.model.reply import Way
from bot.model.visit import Answer, Visit
from storage.database import Database
from storage.unit_of_work import Records, UnitOfWork
from tests.storage.samples import ANNA, BEN, opened, person, written

BOOK = "a" * 64
OUT = Asked(reply=ReplyFacts(Way.PUBLIC, summoned=True, topic_held=False))
CORA = person("CORA")
COORDINATOR = replace(person("DORA"), roles=frozenset({"coordinator"}))
SERVICE = replace(ANNA, roles=frozenset({"service"}))
BOTH = (("principal", BEN.key), ("principal", CORA.key))
SAID_YES = replace(Brought(disclosed=True, archived=True), approvals=BOTH[:1])

_visits = count(1)


def acts_of(db: Database, profile: str) -> Acts:
    obligations = Obligations(handlers(Guard()))
    return Acts(db, PolicyInForce(Policy.load(profile)), lambda: BOOK, obligations)


async def held(db: Database) -> Case:
    """A case of Anna's, who is an ambassador."""
    await written(db, lambda unit: unit.ambassadors.accept(ANNA, BOOK))
    (case_id,) = await opened(db)
    case = await db.read(lambda unit: unit.cases.get(case_id))
    assert case is not None
    return replace(case, holder=ANNA.key, holder_name=ANNA.name)


async def tried(
    acts: Acts,
    action: Action,
    brought: Brought = NOTHING,
    *,
    by: Person = ANNA,
    case: Case | None = None,
    asked: Asked = OUT,
) -> Answer:
    """A verb that decides and shows something personal, and says on record nothing of a look."""

    def verb(unit: UnitOfWork) -> Answer:
        acts.decide(unit, by, action, case, asked=asked, brought=brought)
        unit.commit(AuditEntry("test.done", by.key))
        return Answer("Done.", lines=("Write to jane@example.com.",))

    return await acts.run(Visit(VisitKey(f"visit-{next(_visits)}"), by), action, verb)


async def newest(db: Database) -> AuditEntry:
    def look(unit: Records) -> AuditEntry:
        (last,) = unit.conn.exec_driver_sql("SELECT max(id) FROM audit_events").one()
        event = unit.audit.get(DecisionId(last))
        assert event is not None
        return event.entry

    return await db.read(look)


@pytest.mark.parametrize(
    ("missing", "brought"),
    [
        ("disclosure", replace(SAID_YES, disclosed=False)),
        ("archive_first", replace(SAID_YES, archived=False)),
        ("approval", replace(SAID_YES, approvals=())),
        ("approval", replace(SAID_YES, approvals=(("principal", ANNA.key),))),
        ("approval", replace(SAID_YES, approvals=(("manager", BEN.key),))),
    ],
)
async def test_a_reply_that_lacks_one_of_them(db: Database, missing: str, brought: Brought) -> None:
    acts, case = acts_of(db, "broker"), await held(db)
    answer = await tried(acts, Action.SEND_REPLY, brought, case=case)
    assert answer.refused
    assert (await newest(db)).rule == f"obligation.{missing}"
    reason = acts.obligations.explain(f"obligation.{missing}")
    assert reason is not None
    assert answer.text == f"{reason.why} {reason.next_step}"


async def test_a_reply_with_all_of_them(db: Database) -> None:
    acts, case = acts_of(db, "broker"), await held(db)
    assert not (await tried(acts, Action.SEND_REPLY, SAID_YES, case=case)).refused


@pytest.mark.parametrize(
    ("approvals", "enough"),
    [
        (BOTH, True),
        ((*BOTH[:1], *BOTH[:1]), False),
        ((BOTH[0], ("principal", COORDINATOR.key)), False),
        ((BOTH[0], ("manager", ANNA.key)), False),
    ],
)
async def test_two_are_two_other_persons(
    db: Database, approvals: tuple[tuple[str, PersonKey], ...], *, enough: bool
) -> None:
    acts, brought = acts_of(db, "broker"), Brought(approvals=approvals)
    answer = await tried(acts, Action.LIFT_HOLD, brought, by=COORDINATOR, asked=Asked())
    assert answer.refused is not enough


@pytest.mark.parametrize(
    ("missing", "brought"),
    [
        ("reason", Brought(closes_after=300)),
        ("reason", Brought(reason=" … ", closes_after=300)),
        ("time_box", Brought(reason="wrong address")),
        ("time_box", Brought(reason="wrong address", closes_after=301)),
    ],
)
async def test_a_reveal_that_lacks_one(db: Database, missing: str, brought: Brought) -> None:
    acts, case = acts_of(db, "insurance"), await held(db)
    answer = await tried(acts, Action.REVEAL, brought, by=SERVICE, case=case, asked=Asked())
    assert answer.refused
    assert (await newest(db)).rule == f"obligation.{missing}"


async def test_a_look_is_on_record_though_the_verb_forgot_it(db: Database) -> None:
    acts, case = acts_of(db, "insurance"), await held(db)
    brought = Brought(reason="wrong address", closes_after=300)
    answer = await tried(acts, Action.REVEAL, brought, by=SERVICE, case=case, asked=Asked())
    assert "jane@example.com" in answer.lines[0]
    entry = await newest(db)
    assert (entry.action, entry.actor, entry.rule) == (
        "customer.reveal",
        ANNA.key,
        "service-reveals",
    )


async def test_what_is_to_be_masked_is_masked_before_it_is_kept(db: Database) -> None:
    acts = acts_of(db, "standard")
    answer = await tried(acts, Action.READ_COMPLAINTS, by=COORDINATOR, asked=Asked())
    assert not answer.refused
    assert "jane@example.com" not in answer.lines[0]


async def test_what_nobody_handles_is_refused(db: Database) -> None:
    acts = replace(acts_of(db, "standard"), obligations=Obligations())
    answer = await tried(acts, Action.READ_COMPLAINTS, by=COORDINATOR, asked=Asked())
    assert answer.refused
    assert (await newest(db)).rule == "obligation.unhandled"
    assert acts.obligations.explain("obligation.unhandled")


async def test_nothing_is_decided_where_nobody_carries_it_out(db: Database) -> None:
    acts = acts_of(db, "standard")
    with pytest.raises(RuntimeError, match="in a run of Acts"):
        await db.read(lambda unit: acts.decide(unit, COORDINATOR, Action.READ_COMPLAINTS, None))


async def test_weighing_asks_for_nothing_yet_and_refuses_all_the_same(db: Database) -> None:
    acts, case = acts_of(db, "broker"), await held(db)

    def weighed(unit: Records) -> str:
        return acts.weigh(unit, ANNA, Action.SEND_REPLY, case, asked=OUT).rule

    assert await db.read(weighed) == "supervised-send"
    with pytest.raises(Refusal, match="no words yet"):
        await db.read(lambda unit: acts.weigh(unit, ANNA, Action.SEND_REPLY, case))
