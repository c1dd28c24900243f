"""Questions at the end of the guidebook, where the profile asks: they help, and count nobody."""

from pathlib import Path

import pytest

from bot.compliance.policy_file import PROFILES
from bot.errors import Misconfigured
from bot.sandbox.driver import Errors, Person, View
from tests.faults.databases import count
from tests.journeys.approving import approves, card
from tests.running import ARCHIVE, Page, case_number, heard, running


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
        page["policy"]["profile"], page["archives"] = profile, ARCHIVE

    async with running(tmp_path, database_url, change=change) as house:
        assert len(house.right_answers()) == 3
        anna = await house.enrolled("anna")
        assert "in force" in heard(await anna.types("/usher enroll"))


def two_persons(page: Page) -> None:
    """A policy of one's own without questions, in whose place another one takes two."""
    page["policy"]["profile"] = "policies/ours.yaml"


def without_questions(home: Path) -> tuple[Path, str]:
    """The file, and the text with questions that is to take its place."""
    insurance = (PROFILES / "insurance.yaml").read_text(encoding="utf-8")
    (home / "policies").mkdir()
    ours = home / "policies" / "ours.yaml"
    ours.write_text(insurance.replace("quiz: yes", "quiz: no"), encoding="utf-8")
    return ours, insurance


async def test_questions_that_went_away_stop_new_ones_alone(
    tmp_path: Path, database_url: str
) -> None:
    """Of a policy that waited, and came into force when its questions were gone."""
    ours, insurance = without_questions(tmp_path)
    async with running(tmp_path, database_url, change=two_persons) as house:
        await house.enrolled("anna")
    ours.write_text(insurance, encoding="utf-8")
    async with running(tmp_path, database_url, change=two_persons) as house:
        await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund")
        asked = (tmp_path / "quiz.yaml").read_text(encoding="utf-8")
        (tmp_path / "quiz.yaml").unlink()
        await house.usher.care.roles.look()
        await house.usher.care.settling.look()
        wanted = await card(house, "mina", words="A new policy comes into force")
        assert "in force now" in await approves(house, "mina", wanted)
        anna, ben = house.person("anna"), house.person("ben")
        assert "is yours" in heard(await anna.types("/claim 1"))
        away = "The guidebook cannot be shown at the moment, so accepting it has to wait"
        assert away in heard(await ben.types("/usher enroll"))
        said = heard(await ben.types("/case new @kim Wants her money back."))
        assert "Case 2 is open" in said
        said = heard(await ben.types("/claim 2"))
        assert "Before the first case comes the guidebook" in said
        assert away in said
        assert "Why: /case why D-" in said

        (tmp_path / "quiz.yaml").write_text(asked, encoding="utf-8")
        await house.enrolled("ben")
        assert "is yours" in heard(await ben.types("/claim 2"))


async def test_a_policy_that_waits_has_its_questions_too(tmp_path: Path, database_url: str) -> None:
    ours, insurance = without_questions(tmp_path)
    async with running(tmp_path, database_url, change=two_persons):
        pass
    ours.write_text(insurance, encoding="utf-8")

    def without(page: Page) -> None:
        two_persons(page)
        (tmp_path / "quiz.yaml").unlink()

    with pytest.raises(Misconfigured, match=r"quiz.yaml:1: not there, and the policy has"):
        async with running(tmp_path, database_url, change=without):
            pass
