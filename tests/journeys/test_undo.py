"""Undo takes back what nobody has built on, and nothing else."""

import pytest

from bot.sandbox.driver import Person
from tests.running import Running, case_number, heard


async def claimed(house: Running) -> tuple[Person, int]:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, number = await house.enrolled("anna"), case_number(card)
    assert "is yours" in heard(await anna.types(f"/claim {number}"))
    return anna, number


@pytest.mark.parametrize(
    "built", ["/handoff {} sales He asks for an offer.", "/case note {} she wrote again"]
)
async def test_a_claim_that_was_built_on_stays(house: Running, built: str) -> None:
    anna, number = await claimed(house)
    await anna.types(built.format(number))
    assert "went on since then" in heard(await anna.types("/case undo"))
    assert str(number) in heard(await anna.types("/case mine"))


async def test_a_colleagues_note_counts_as_well(house: Running) -> None:
    anna, number = await claimed(house)
    await house.person("ben").types(f"/case note {number} seen this last week")
    assert "went on since then" in heard(await anna.types("/case undo"))


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
