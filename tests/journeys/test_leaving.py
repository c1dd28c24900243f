"""Whoever leaves is no ambassador from that moment, and begins anew if they come back."""

from dataclasses import replace

from bot.model.person import Workspace, person_key
from bot.sandbox.driver import View
from storage.unit_of_work import UnitOfWork
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.running import Running, case_number, heard
from tests.trusting import trust_of

ANNA = person_key(Workspace("T0USHER"), "U0ANNA")


async def trusted(house: Running) -> None:
    def earn(unit: UnitOfWork) -> None:
        trust_of(house).earned(unit, ANNA)

    await house.usher.rooms.db.write(earn)


async def comes_back(house: Running) -> None:
    """Slack switches the account on again; the guidebook opens before the first claim."""
    workspace = house.sandbox.workspace
    again = replace(workspace.people["U0ANNA"], deleted=False)
    workspace.changed(again)
    await house.person("anna").joins("#care-general")
    card = await house.card("omar", "@acme refund please", channel="#care-billing", seen="please")
    shown = await house.person("anna").types(f"/claim {case_number(card)}")
    assert isinstance(shown, View)
    assert shown.callback_id == "guidebook"
    assert "Since you accepted it" not in shown.words


async def test_leaving_ends_enrolment_and_trust_at_once(house: Running, database_url: str) -> None:
    anna = await house.enrolled("anna")
    await trusted(house)
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    number = case_number(card)
    await anna.types(f"/claim {number}")
    await house.person("cora").deactivates("anna")

    async def gone() -> bool:
        return await count(database_url, "ambassadors") == 0

    await until_told(gone)
    assert await count(database_url, "trust") == 0
    assert await count(database_url, "audit_events WHERE action = 'ambassador.left'") == 1
    assert await count(database_url, "audit_events WHERE action = 'trust.ended'") == 1
    assert f"{number} ·" in heard(await house.person("cora").types("/case open"))
    await comes_back(house)


async def test_who_becomes_a_guest_is_no_ambassador(house: Running, database_url: str) -> None:
    await house.enrolled("anna")
    await house.person("cora").makes_guest("anna", "multi-channel")

    async def gone() -> bool:
        return await count(database_url, "ambassadors") == 0

    await until_told(gone)


async def test_leaving_that_was_never_told_is_found(house: Running, database_url: str) -> None:
    await house.enrolled("anna")
    await house.enrolled("ben")
    house.sandbox.workspace.faults.inject("delivery", kind="drop")
    await house.person("cora").deactivates("anna")
    house.usher.care.absence.people.forget("U0ANNA")
    await house.usher.care.absence.sweep()
    assert await count(database_url, "ambassadors") == 1
    assert "in force" in heard(await house.person("ben").types("/usher enroll"))


async def test_a_status_of_somebody_without_a_case_is_nobodys_business(
    house: Running, database_url: str
) -> None:
    anna = await house.enrolled("anna")
    await anna.sets_status(":palm_tree:", "")
    await house.usher.care.absence.sweep()
    assert await count(database_url, "absences") == 0
    assert await count(database_url, "ambassadors") == 1
