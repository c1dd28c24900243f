"""A route that has another name by now: what was put on hold under its old one stays held."""

from pathlib import Path

import pytest

from tests.journeys.answering import PRIVACY, answering
from tests.journeys.approving import says_why
from tests.running import Mode, Page, Running, case_number, heard, running

WORDS = "We are on it."


def renamed(page: Page) -> None:
    page["policy"]["profile"] = "shelter"
    page["networks"]["x"]["privacy_url"] = PRIVACY
    for route in page["routes"]:
        if route["name"] == "billing":
            route["name"] = "invoices"


async def answers(house: Running, handle: str, words: str, *, seen: str) -> str:
    card = await house.card(handle, words, channel="#care-billing", seen=seen)
    anna, number = await house.enrolled("anna"), case_number(card)
    await anna.types(f"/claim {number}")
    return heard(await anna.types(f"/reply {number} {WORDS}"))


@pytest.mark.parametrize("topic", ["billing", "all"])
async def test_what_was_held_under_the_old_name_stays_held(
    tmp_path: Path, database_url: str, mode: Mode, topic: str
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        await desk.house.person("cora").types(f"/usher hold {topic} We do not know yet.")
        assert "on hold" in heard(await desk.anna.types(f"/reply {desk.number} {WORDS}"))
        number = desk.number
    async with running(tmp_path, database_url, mode=mode, change=renamed) as house:
        cora, anna = house.person("cora"), house.person("anna")
        listed = heard(await cora.types("/usher holds"))
        assert ("has no topic of that name any more" in listed) == (topic == "billing")
        for held in (
            heard(await anna.types(f"/reply {number} {WORDS}")),
            await answers(house, "jane", "@acme another refund now", seen="another refund"),
        ):
            assert "on hold" in held
            assert "Rule: topic-on-hold" in await says_why(house, "anna", held)
        # It is lifted by the name it was set under; the case of the old name waits with any hold.
        assert "lifted" in heard(await cora.types(f"/usher lift {topic}"))
        await cora.types("/usher hold invoices We do not know yet.")
        assert "on hold" in heard(await anna.types(f"/reply {number} {WORDS}"))
        await cora.types("/usher lift invoices")
        assert "Ready to copy" in heard(await anna.types(f"/reply {number} {WORDS}"))
