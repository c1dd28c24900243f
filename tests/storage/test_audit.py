"""The record: complete lines, in order, and no change of one goes unnoticed."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.model.audit import AuditEntry, AuditEvent, AuditReport, Effect
from bot.model.ids import CaseId, DecisionId
from storage.database import Database
from storage.ledger import leaf_of
from storage.tables import audit_events
from tests.storage.samples import ANNA, BEN, START, HeldClock

CLAIMED = AuditEntry(
    "case.claimed",
    ANNA.key,
    CaseId(7),
    Effect.ALLOWED,
    rule="claim-open",
    policy="f" * 64,
    facts=(("holder_before", ""), ("z", "1"), ("a", "2"), ("z", "3")),
)


async def record(db: Database, *entries: AuditEntry) -> tuple[DecisionId, ...]:
    return await db.write(lambda unit: unit.commit(*entries))


async def test_a_line_comes_back_as_it_was(db: Database) -> None:
    (number,) = await record(db, CLAIMED)
    event = await db.read(lambda unit: unit.audit.get(number))
    assert event == AuditEvent(number, START, CLAIMED)
    assert await db.read(lambda unit: unit.audit.get(DecisionId(404))) is None


async def test_many_lines_get_their_numbers_in_order(db: Database) -> None:
    entries = [AuditEntry("a.b", ANNA.key, facts=(("n", str(n)),)) for n in range(300)]
    numbers = await record(db, *entries)
    assert list(numbers) == sorted(numbers)
    for place in (0, 150, 299):
        event = await db.read(lambda unit, this=numbers[place]: unit.audit.get(this))
        assert event is not None
        assert event.entry == entries[place]


async def test_many_lines_at_once_stand_in_their_order(db: Database) -> None:
    entries = [AuditEntry("a.b", ANNA.key, facts=(("n", str(n)),)) for n in range(300)]
    await db.write(lambda unit: unit.commit_many(entries))
    assert await db.read(lambda unit: unit.audit.verify()) == AuditReport(300, ())
    (number,) = await record(db, CLAIMED)
    for place in (0, 150, 299):
        this = DecisionId(number - 300 + place)
        event = await db.read(lambda unit, this=this: unit.audit.get(this))
        assert event is not None
        assert event.entry == entries[place]


async def test_many_may_be_none(db: Database) -> None:
    await db.write(lambda unit: unit.commit_many([]))
    assert (await db.read(lambda unit: unit.audit.verify())).checked == 0


async def test_the_newest_of_an_actor(db: Database, clock: HeldClock) -> None:
    other = AuditEntry("case.released", ANNA.key, CaseId(7))
    _, newest = [(await record(db, CLAIMED))[0], (await record(db, CLAIMED))[0]]
    await record(db, AuditEntry("case.claimed", BEN.key), other)

    async def last(*actions: str, since: timedelta = timedelta(hours=1)) -> DecisionId | None:
        event = await db.read(lambda unit: unit.audit.last_by(ANNA.key, actions, clock.now - since))
        return event and event.id

    assert await last("case.claimed") == newest
    assert await last("case.claimed", "case.released") == DecisionId(newest + 2)
    assert await last("case.resolved") is None
    clock.forward(hours=2)
    assert await last("case.claimed") is None
    assert await last("case.claimed", since=timedelta(hours=2)) == newest


async def test_all_lines_of_a_case(db: Database) -> None:
    mine, _, again = await record(
        db, CLAIMED, AuditEntry("case.claimed", ANNA.key, CaseId(8)), CLAIMED
    )
    events = await db.read(lambda unit: unit.audit.of_case(CaseId(7)))
    assert [event.id for event in events] == [mine, again]


async def test_an_untouched_record_is_sound(db: Database) -> None:
    numbers = await record(db, *(50 * [CLAIMED]), AuditEntry("a.b", "odd \x00\ud800 😀"))
    report = await db.read(lambda unit: unit.audit.verify())
    assert report == AuditReport(checked=len(numbers), broken=())


CHANGES = {
    "uid": "00000000-0000-7000-8000-000000000000",
    "at": START + timedelta(microseconds=1),
    "actor": "T1:BEN",
    "action": "case.released",
    "case_id": 8,
    "effect": "denied",
    "rule": "other",
    "policy": "other",
    "body": b"{}",
    "salt": b"0" * 16,
    "leaf": b"0" * 32,
}


@pytest.mark.parametrize("column", CHANGES)
async def test_a_changed_column_names_its_line(db: Database, column: str) -> None:
    _, changed, _ = await record(db, CLAIMED, CLAIMED, CLAIMED)
    await tamper(db, changed, **{column: CHANGES[column]})
    report = await db.read(lambda unit: unit.audit.verify())
    assert report == AuditReport(checked=3, broken=(changed,))


@pytest.mark.parametrize(
    "body",
    [
        b"not JSON",
        b"{}",
        b'{"facts":[],"action":"case.resolved"}',
        b'{"facts":[["a"]]}',
        b'{"facts":7}',
    ],
)
async def test_a_forged_body_with_a_leaf_that_fits_is_held_against_the_columns(
    db: Database, body: bytes
) -> None:
    (number,) = await record(db, CLAIMED)
    salt = b"0" * 16
    await tamper(db, number, body=body, salt=salt, leaf=leaf_of(body, salt=salt))
    assert (await db.read(lambda unit: unit.audit.verify())).broken == (number,)


async def test_every_line_is_checked_over_many_pages(db: Database) -> None:
    numbers = await record(db, *(4500 * [CLAIMED]))
    ends = numbers[0], numbers[-1]
    for number in ends:
        await tamper(db, number, rule="x")
    report = await db.read(lambda unit: unit.audit.verify())
    assert report == AuditReport(checked=4500, broken=ends)


async def test_numbers_are_never_given_twice(db: Database) -> None:
    (number,) = await record(db, CLAIMED)
    await db.technical(lambda unit: unit.conn.execute(delete(audit_events)) and None)
    assert (await record(db, CLAIMED))[0] > number


async def tamper(db: Database, number: DecisionId, **values: object) -> None:
    """As somebody with a database client would."""
    change = update(audit_events).where(audit_events.c.id == number).values(**values)
    await db.technical(lambda unit: unit.conn.execute(change) and None)
