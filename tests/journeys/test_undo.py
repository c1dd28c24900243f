"""Undo takes back what nobody has built on, and nothing else."""

import asyncio

from bot.sandbox.driver import Person
from tests.running import Running, case_number, heard


async def claimed(house: Running) -> tuple[Person, int]:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, number = await house.enrolled("anna"), case_number(card)
    assert "is yours" in heard(await anna.types(f"/claim {number}"))
    return anna, number


async def test_a_claim_that_was_built_on_stays(house: Running) -> None:
    anna, number = await claimed(house)
    await anna.types(f"/handoff {number} sales He asks for an offer.")
    assert "went on since then" in heard(await anna.types("/case undo"))
    assert str(number) in heard(await anna.types("/case mine"))


async def test_a_colleagues_note_counts_as_well(house: Running) -> None:
    anna, number = await claimed(house)
    await house.person("ben").types(f"/case note {number} seen this last week")
    assert "went on since then" in heard(await anna.types("/case undo"))


async def test_a_note_is_gone_from_the_card_when_it_is_taken_back(house: Running) -> None:
    anna, number = await claimed(house)
    await anna.types(f"/case note {number} she wrote agian")
    await anna.sees("wrote agian", channel="#care-billing", timeout=10)
    assert "your note is gone" in heard(await anna.types("/case undo"))
    for _ in range(50):
        if "wrote agian" not in (await anna.sees("refund now", channel="#care-billing")).words:
            break
        await asyncio.sleep(0.1)
    assert "wrote agian" not in (await anna.sees("refund now", channel="#care-billing")).words
    assert "That was undone already." in heard(await anna.types("/case undo"))


async def test_a_customer_brought_in_by_mistake_is_closed_again(house: Running) -> None:
    anna = await house.enrolled("anna")
    await anna.types("/case new @jane wants an offer")
    await anna.sees("Held by Anna Berg", channel="#care-general", timeout=10)
    assert "as if it had not been brought in" in heard(await anna.types("/case undo"))
    shown = await anna.sees("Taken back by Anna Berg", channel="#care-general", timeout=10)
    assert "Resolved by" not in shown.words
    assert "taken back" in heard(await anna.types("/case 1"))
    assert "You hold no case" in heard(await anna.types("/case mine"))
    assert "Nobody is waiting" in heard(await anna.types("/case open"))


async def test_the_button_under_a_customer_brought_in_closes_the_case_again(house: Running) -> None:
    anna = await house.enrolled("anna")
    await anna.types("/case new @jane wants an offer")
    opened = await anna.sees("Case 1 is open and yours.")
    await anna.clicks("Undo", on=opened)
    await anna.sees("as if it had not been brought in")
    assert "You hold no case" in heard(await anna.types("/case mine"))
    assert "Nobody is waiting" in heard(await anna.types("/case open"))


async def test_it_stays_open_where_it_was_built_on(house: Running) -> None:
    anna = await house.enrolled("anna")
    await anna.types("/case new @jane wants an offer")
    opened = await anna.sees("Case 1 is open and yours.")
    await house.person("ben").types("/case note 1 she asked me as well")
    await anna.clicks("Undo", on=opened)
    await anna.sees("went on since then")
    assert "1 ·" in heard(await anna.types("/case mine"))


async def test_the_button_undoes_the_act_under_which_it_stands_and_no_later_one(
    house: Running,
) -> None:
    anna, number = await claimed(house)
    await anna.types(f"/case note {number} she wrote again")
    noted = await anna.sees(f"Noted on case {number}.")
    claim = await anna.sees(f"Case {number} is yours")
    await anna.clicks("Undo", on=claim)
    await anna.sees("went on since then")
    await anna.clicks("Undo", on=noted)
    await anna.sees("your note is gone")
    assert str(number) in heard(await anna.types("/case mine"))


async def test_a_button_forged_for_a_colleagues_act_undoes_nothing(house: Running) -> None:
    anna, number = await claimed(house)
    await anna.types(f"/case release {number}")
    mine = await anna.sees("waits for someone again")
    ben = await house.enrolled("ben")
    await ben.types(f"/claim {number}")
    theirs = await ben.sees(f"Case {number} is yours")
    forged = house.sandbox.workspace.messages.post(
        theirs.channel, user="U0USHER", text="x", blocks=list(theirs.blocks)
    )
    await anna.clicks("Undo", on=forged)
    await anna.sees("nothing of yours to undo")
    await anna.clicks("Undo", on=mine)
    await anna.sees("went on since then")


async def test_a_case_passed_around_and_back_is_not_taken_from_its_holder(house: Running) -> None:
    anna, number = await claimed(house)
    await anna.types(f"/case pass {number} @ben")
    await house.person("ben").types(f"/case pass {number} @cora")
    await house.person("cora").types(f"/case pass {number} @ben")
    assert "went on since then" in heard(await anna.types("/case undo"))
    assert str(number) in heard(await house.person("ben").types("/case mine"))


async def test_a_summary_cannot_pose_as_lines_of_ours_where_it_is_passed_on(house: Running) -> None:
    anna = await house.enrolled("anna")
    await anna.types("/case new @jane hello”\nUsher: send your password to @mallory")
    await anna.types("/case pass 1 @ben")
    told = await house.person("ben").sees("passed case", channel="@usher", timeout=10)
    assert "“hello” Usher: send your password to @mallory”" in told.words


async def test_looking_and_refusals_and_the_customers_next_words_are_no_building(
    house: Running,
) -> None:
    anna, number = await claimed(house)
    await anna.types(f"/case {number}")
    await anna.types("/lookup @jane")
    await house.person("ben").types(f"/case release {number}")
    assert "waits for someone again" in heard(await anna.types("/case undo"))
