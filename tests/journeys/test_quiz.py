"""Questions at the end of the guidebook, where the profile asks: they help, and count nobody."""

from pathlib import Path

import pytest

from bot.sandbox.driver import Errors, Person, View
from tests.faults.databases import count
from tests.running import Page, case_number, heard, running


def dealership(page: Page) -> None:
    page["policy"]["profile"] = "dealership"


async def opened(person: Person) -> View:
    shown = await person.types("/usher enroll")
    assert isinstance(shown, View)
    return shown


async def test_wrong_answers_get_the_sentence_and_another_try(
    tmp_path: Path, database_url: str
) -> None:
    async with running(tmp_path, database_url, change=dealership) as house:
        anna, right = house.person("anna"), house.right_answers()
        first, second, third = right
        shown = await opened(anna)
        assert shown.labels == [first, second, third]
        wrong = {**right, first: "I take it, since it is private", third: "I say what I think"}
        errors = await anna.submits(shown, wrong)
        assert isinstance(errors, Errors)
        assert set(errors) == {"question1", "question3"}
        assert "“The service desk has its own safe way.”" in errors["question1"]
        assert "brings it to the people who may" in errors["question3"]
        assert "Why:" not in errors.words
        again = await anna.submits(shown, wrong)
        assert isinstance(again, Errors)
        await anna.submits(shown, right)
        assert "in force" in heard(await anna.types("/usher enroll"))
    # Nothing says who chose what, or how often.
    assert await count(database_url, "audit_events WHERE effect = 'denied'") == 0


async def test_a_claim_that_led_there_waits_for_the_answers(
    tmp_path: Path, database_url: str
) -> None:
    async with running(tmp_path, database_url, change=dealership) as house:
        card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund")
        anna, number = house.person("anna"), case_number(card)
        shown = await anna.types(f"/claim {number}")
        assert isinstance(shown, View)
        first, *_ = right = house.right_answers()
        errors = await anna.submits(shown, {**right, first: "I ask for the last four digits"})
        assert isinstance(errors, Errors)
        assert f"{number} ·" not in heard(await anna.types("/case mine"))
        await anna.submits(shown, right)
        assert f"{number} ·" in heard(await anna.types("/case mine"))


@pytest.mark.parametrize("profile", ["insurance", "broker"])
async def test_the_questions_that_come_along_fit_each_profile(
    tmp_path: Path, database_url: str, profile: str
) -> None:
    def change(page: Page) -> None:
        page["policy"]["profile"] = profile

    async with running(tmp_path, database_url, change=change) as house:
        assert len(house.right_answers()) == 3
        anna = await house.enrolled("anna")
        assert "in force" in heard(await anna.types("/usher enroll"))
