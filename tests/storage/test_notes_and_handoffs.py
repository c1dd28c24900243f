"""What colleagues add to a case: notes, and requests to desks."""

from bot.model.case import CaseNote, HandoffView
from bot.model.handoff import Handoff, HandoffKind, HandoffState, NewHandoff, Ticket
from bot.model.ids import CaseId, HandoffId
from storage.database import Database
from tests.storage.samples import (
    ANNA,
    BEN,
    START,
    HeldClock,
    a_case,
    a_mention,
    guarded,
    opened,
    written,
)


def asked(
    case_id: CaseId, key: str = "usher-1", kind: HandoffKind = HandoffKind.SALES
) -> NewHandoff:
    return NewHandoff(case_id, kind, "console", "sales", key, guarded("wants an offer"), ANNA)


async def ask(db: Database, new: NewHandoff) -> HandoffId:
    return await written(db, lambda unit: unit.handoffs.ask(new))


async def test_notes_stand_in_the_order_they_were_written(db: Database, clock: HeldClock) -> None:
    (case_id,) = await opened(db)
    await written(db, lambda unit: unit.notes.add(case_id, by=ANNA, words=guarded("called")))
    clock.forward(minutes=1)
    await written(db, lambda unit: unit.notes.add(case_id, by=BEN, words=guarded("no answer")))
    assert await db.read(lambda unit: unit.notes.of_case(case_id)) == [
        CaseNote(START, "Anna Berg", "called"),
        CaseNote(clock.now, "Ben Berg", "no answer"),
    ]


async def test_a_handoff_waits_until_the_desk_has_it(db: Database) -> None:
    (case_id,) = await opened(db)
    number = await ask(db, asked(case_id))
    handoff = await db.read(lambda unit: unit.handoffs.get(number))
    assert handoff == Handoff(
        number, case_id, HandoffKind.SALES, "console", "sales", "usher-1", "wants an offer",
        ANNA.key, "Anna Berg", START, HandoffState.WAITING,
    )  # fmt: skip
    assert await db.read(lambda unit: unit.handoffs.get(HandoffId(404))) is None


async def test_the_first_number_of_a_desk_stands(db: Database) -> None:
    (case_id,) = await opened(db)
    number = await ask(db, asked(case_id))
    assert await written(db, lambda unit: unit.handoffs.stuck(number, "no such queue"))
    first = Ticket("77", "https://desk.example/77")
    assert await written(db, lambda unit: unit.handoffs.filed(number, first))
    assert not await written(db, lambda unit: unit.handoffs.filed(number, Ticket("78", "")))
    assert not await written(db, lambda unit: unit.handoffs.stuck(number, "late"))
    handoff = await db.read(lambda unit: unit.handoffs.get(number))
    assert handoff is not None
    assert (handoff.state, handoff.ticket, handoff.url) == (
        HandoffState.FILED,
        first.number,
        first.url,
    )


async def test_unfinished_is_what_the_desk_does_not_have_yet(db: Database) -> None:
    (case_id,) = await opened(db)
    number = await ask(db, asked(case_id))

    async def unfinished(kind: HandoffKind) -> HandoffId | None:
        found = await db.read(lambda unit: unit.handoffs.unfinished(case_id, kind))
        return found and found.id

    assert await unfinished(HandoffKind.SALES) == number
    assert await unfinished(HandoffKind.LEGAL) is None
    await written(db, lambda unit: unit.handoffs.stuck(number, "no such queue"))
    assert await unfinished(HandoffKind.SALES) == number
    await written(db, lambda unit: unit.handoffs.filed(number, Ticket("1", "")))
    assert await unfinished(HandoffKind.SALES) is None


async def test_a_view_has_all_a_card_may_show(db: Database) -> None:
    case_id, other = await opened(db, a_case(1), a_case(2))
    await written(db, lambda unit: unit.mentions.add_many([a_mention(case_id, n) for n in (1, 2)]))
    await written(db, lambda unit: unit.notes.add(case_id, by=ANNA, words=guarded("called")))
    number = await ask(db, asked(case_id))
    await ask(db, asked(other, "usher-2"))
    await written(db, lambda unit: unit.handoffs.filed(number, Ticket("77", "https://d/77")))
    view = await db.read(lambda unit: unit.cases.view(case_id))
    assert view is not None
    assert view.case.id == case_id
    assert [mention.external_id for mention in view.mentions] == ["post-1", "post-2"]
    assert [note.words for note in view.notes] == ["called"]
    assert view.handoffs == (
        HandoffView("sales", "sales", "console", "77", "https://d/77", "filed"),
    )
    of_case = await db.read(lambda unit: unit.handoffs.of_case(case_id))
    assert [handoff.id for handoff in of_case] == [number]
