"""Where the policy says so, a merge waits for another person, and for exactly what they read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sandbox.driver import Person
from tests.faults.databases import count
from tests.faults.waiting import until, until_told
from tests.journeys.approving import card, says_no, says_yes
from tests.journeys.test_merge import FIRST, GENERAL, SECOND, shown, two_cases
from tests.running import ARCHIVE, Mode, Page, Running, heard, running

TITLE = "Case 2 goes on in case 1"


async def nobody_asks(house: Running) -> None:
    """No card of mina's has its buttons any more."""
    mina = house.person("mina")
    await until(lambda: not any("Approve" in each.buttons for each in mina.messages("@usher")))


async def asks(house: Running) -> Person:
    await nobody_asks(house)
    anna = house.person("anna")
    asked = heard(await anna.types("/case merge 2 into 1"))
    assert f"{TITLE} once others agree." in asked
    assert "It waits for the yes of one other person" in asked
    return anna


def two_persons(profile: str) -> Callable[[Page], None]:
    def change(page: Page) -> None:
        page["policy"]["profile"] = profile
        if profile == "broker":
            page["roles"]["principal"] = ["U0MINA", "U0CORA"]
            page["archives"] = ARCHIVE

    return change


@pytest.mark.parametrize("profile", ["insurance", "broker"])
async def test_where_it_takes_another_person_it_waits_for_their_yes(
    tmp_path: Path, database_url: str, mode: Mode, profile: str
) -> None:
    change = two_persons(profile)
    async with running(tmp_path, database_url, mode=mode, change=change) as house:
        await house.usher.care.roles.look()
        await two_cases(house)
        anna = await asks(house)
        read = await card(house, "mina", words=TITLE)
        assert SECOND in read.words
        assert FIRST in read.words
        # Something is said there since: nobody agrees to what they did not read.
        await house.person("ben").types("/case note 2 she called us as well")
        await house.person("mina").clicks("Approve", on=read)
        await anna.sees("has changed since it was asked", channel="@usher", timeout=10)
        assert await count(database_url, "merges") == 0
        await asks(house)
        assert "All of it stands in case 1 now" in await says_yes(house, "mina", words=TITLE)
        await shown(anna, "It goes on in case 1", channel=GENERAL)
        assert await count(database_url, "audit_events WHERE action = 'case.merged'") == 2
        assert "are two cases again" in heard(await anna.types("/case undo"))
        await refused_once(house, anna, database_url)


async def refused_once(house: Running, anna: Person, database_url: str) -> None:
    await asks(house)
    await says_no(house, "mina", "These are two matters.", words=TITLE)
    await anna.sees("These are two matters.", channel="@usher", timeout=10)

    async def is_over() -> bool:
        return await count(database_url, "approvals WHERE state = 'refused'") == 1

    await until_told(is_over)
    assert await count(database_url, "cases WHERE state = 'merged'") == 0
