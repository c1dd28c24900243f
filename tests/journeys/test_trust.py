"""Answers approved as they stood earn trust, one that was not begins anew; and it is no rank."""

from dataclasses import replace
from pathlib import Path

from bot.care.acts import existing
from bot.care.asking import Asked
from bot.compliance import Action, ObligationKind, ReplyFacts
from bot.model.ids import CaseId
from bot.model.person import Membership, Person, Workspace
from bot.model.reply import Way
from storage.unit_of_work import Records, UnitOfWork
from tests.faults.databases import count
from tests.journeys.answering import answering
from tests.journeys.approving import recorded, says_yes
from tests.running import ARCHIVE, Mode, Page, Running, case_number, heard, running
from tests.trusting import trust_of

ANNA = Person(Workspace("T0USHER"), "U0ANNA", "Anna Berg", Membership.MEMBER)
SENT = Asked(reply=ReplyFacts(Way.PUBLIC, summoned=True, topic_held=False))
COUNTED = "audit_events WHERE action = 'trust.counted'"
TOLD = "From now on yours go out at once"


async def approved(house: Running, times: int) -> None:
    def earn(unit: UnitOfWork) -> None:
        trust_of(house).earned(unit, ANNA.key)

    for _ in range(times):
        await house.usher.rooms.db.write(earn)


async def refused(house: Running) -> None:
    def lose(unit: UnitOfWork) -> None:
        trust_of(house).lost(unit, ANNA.key)

    await house.usher.rooms.db.write(lose)


async def looked_at(house: Running, case_id: int) -> bool:
    """Whether her next answer takes a second person."""
    acts = house.usher.care.ambassadors.acts

    def ask(unit: Records) -> bool:
        case = existing(unit, CaseId(case_id))
        held = replace(case, holder=ANNA.key)
        decision = acts.weigh(unit, ANNA, Action.SEND_REPLY, held, asked=SENT)
        return bool(decision.asks(ObligationKind.APPROVAL))

    return await house.usher.rooms.db.read(ask)


async def case_of(house: Running) -> int:
    await house.enrolled("anna")
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    return case_number(card)


async def test_it_is_earned_told_and_lost(house: Running, database_url: str) -> None:
    case_id, anna = await case_of(house), house.person("anna")
    await approved(house, 9)
    assert await looked_at(house, case_id)
    await approved(house, 1)
    assert not await looked_at(house, case_id)
    await anna.sees(TOLD, channel="@anna", timeout=10)
    await approved(house, 2)
    await refused(house)
    assert await looked_at(house, case_id)
    await anna.sees("a colleague looks at your answers", channel="@anna", timeout=10)
    await approved(house, 9)
    assert await looked_at(house, case_id)
    assert len([m for m in anna.messages("@anna") if TOLD in m.words]) == 1
    assert await count(database_url, "audit_events WHERE action = 'trust.earned'") == 1
    assert await count(database_url, "audit_events WHERE action = 'trust.lost'") == 1


async def test_one_no_begins_the_row_anew_without_a_word(house: Running) -> None:
    case_id = await case_of(house)
    await approved(house, 9)
    await refused(house)
    await refused(house)
    await approved(house, 9)
    assert await looked_at(house, case_id)
    assert house.person("anna").messages("@anna") == []


async def test_it_counts_what_went_out_as_it_was_first_asked_about(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        house, mina = desk.house, desk.house.person("mina")
        await house.usher.care.roles.look()
        await desk.sends("First words.")
        await mina.types("/usher hold billing We do not know yet.")
        await recorded(database_url, "hold.set", 1)
        assert "goes out after that" in await says_yes(house, "cora", words="First words.")
        assert "does not go out" in heard(await desk.anna.types("/case undo"))
        await mina.types("/usher lift billing")
        await desk.sends("Other words.")
        await says_yes(house, "cora", words="Other words.")
        await desk.one_stands("Other words.")
        await recorded(database_url, "reply.sent", 1)
        # Neither what never went out, nor what came instead of it.
        assert await count(database_url, COUNTED) == 0
        await desk.sends("More words.")
        await says_yes(house, "cora", words="More words.")
        await recorded(database_url, "trust.counted", 1)
        assert await count(database_url, "audit_events WHERE action = 'reply.sent'") == 2


async def test_where_the_profile_knows_no_trust_it_is_never_earned(
    tmp_path: Path, database_url: str
) -> None:
    def broker(page: Page) -> None:
        page["policy"]["profile"], page["archives"] = "broker", ARCHIVE

    async with running(tmp_path, database_url, change=broker) as house:
        case_id = await case_of(house)
        await approved(house, 30)
        assert await looked_at(house, case_id)
        assert house.person("anna").messages("@anna") == []
