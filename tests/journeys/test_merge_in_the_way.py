"""What is in the way of a merge, and which way round it goes all the same."""

from pathlib import Path

from bot.sandbox.driver import View
from tests.journeys.answering import answering
from tests.journeys.test_complaints import NO, YES, marked
from tests.journeys.test_merge import BILLING, GENERAL, SECOND, shown, two_cases
from tests.running import Mode, Running, heard


async def test_a_case_that_is_over_and_a_blanked_one_are_not_merged(house: Running) -> None:
    anna = await two_cases(house)
    await anna.types("/claim 2")
    await anna.types("/case resolve 1")
    for typed in ("/case merge 2 into 1", "/case merge 1 into 2"):
        assert "Only open cases can be merged" in heard(await anna.types(typed))
    await anna.types("/case undo")
    cora = house.person("cora")
    form = await cora.uses("Blank this card", on=await shown(cora, SECOND, channel=GENERAL))
    assert isinstance(form, View)
    await cora.submits(form, {})
    refused = heard(await anna.types("/case merge 2 into 1"))
    assert "were taken off the channel, and would come back" in refused
    # Into the blanked one it may go: nothing of it is shown there.
    assert "Case 1 goes on in case 2" in heard(await anna.types("/case merge 1 into 2"))


async def test_an_answer_under_way_is_waited_for(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        house, anna = desk.house, desk.anna
        await house.card("jane", "@acme invoice twice", channel=BILLING, seen="invoice twice")
        await desk.sends("We look into it.")
        refused = heard(await anna.types(f"/case merge {desk.number} into 2"))
        assert f"An answer in case {desk.number} is under way" in refused
        await anna.types(f"/case merge 2 into {desk.number}")
        await anna.sees(f"Case 2 goes on in case {desk.number}.", timeout=10)


async def test_a_complaint_keeps_its_number(house: Running) -> None:
    anna = await two_cases(house)
    await marked(anna, 1, YES)
    refused = heard(await anna.types("/case merge 1 into 2"))
    assert "stands in the register of complaints" in refused
    assert "The other way round it goes: /case merge 2 into 1." in refused
    await anna.types("/claim 2")
    await marked(anna, 2, YES)
    refused = heard(await anna.types("/case merge 1 into 2"))
    assert "Nor does the other way. A note may say so: /case note 2 see case 1" in refused
    await marked(anna, 2, NO)
    assert "Case 2 goes on in case 1." in heard(await anna.types("/case merge 2 into 1"))
