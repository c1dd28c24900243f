"""Who asks for words in the clear and may not have them, not here, or no more."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.model.ids import CaseId, VisitKey
from bot.model.visit import Visit
from bot.sandbox.driver import Person, View
from tests.faults.databases import count
from tests.faults.waiting import until
from tests.journeys.approving import recorded, says_why
from tests.journeys.revealing import (
    CHANNEL,
    MAIL,
    carrying,
    closed,
    held,
    on_screen,
    revealing,
)
from tests.journeys.test_reply_race import ANNA
from tests.running import blanks, heard

BEN = replace(ANNA, user_id="U0BEN", name="Ben Ito")


async def test_who_may_not_is_told_why_and_sees_nothing(tmp_path: Path, database_url: str) -> None:
    async with revealing(tmp_path, database_url, profile="insurance") as house:
        number, anna = await held(house), house.person("anna")
        no = heard(await anna.types(f"/case reveal {number} wrong address"))
        assert "Personal data is open to the service team alone." in no
        assert "Rule: reveal-by-role" in await says_why(house, "anna", no)
        sam = await house.enrolled("sam")
        no = heard(await sam.types(f"/case reveal {number} wrong address"))
        assert "A look-up is for the open case you hold" in no
        heard(await anna.types(f"/case pass {number} @sam"))
        assert isinstance(await sam.types(f"/case reveal {number} wrong address"), View)
        assert await count(database_url, "reveals WHERE person LIKE '%SAM'") == 1
        assert await count(database_url, "reveals") == 1
        # Neither a guess of somebody's visit nor one's own other visit shows a word.
        other = await house.usher.care.reveals.page(VisitKey("0" * 64), None)
        assert other.value.said is None


async def test_words_that_were_blanked_are_shown_to_nobody(
    tmp_path: Path, database_url: str
) -> None:
    async with revealing(tmp_path, database_url) as house:
        number, anna = await held(house), house.person("anna")
        cora = house.person("cora")
        await blanks(cora, await cora.sees("refund to", channel=CHANNEL, timeout=10))
        no = heard(await anna.types(f"/case reveal {number} wrong address"))
        assert "shown to nobody in the clear" in no
        assert carrying(house.sandbox, MAIL) == set()


async def test_a_mention_opens_no_window_so_it_says_what_to_type(
    tmp_path: Path, database_url: str
) -> None:
    async with revealing(tmp_path, database_url) as house:
        number, anna = await held(house), house.person("anna")
        both = (f"@usher reveal {number} wrong", f"@usher case reveal {number} wrong")
        for times, said in enumerate(both, start=1):
            await anna.says(said, channel="#care-general")
            await until(partial(_told_to_type, anna, times))
        assert await count(database_url, "reveals") == 0


def _told_to_type(person: Person, times: int) -> bool:
    told = [m for m in person.messages("#care-general") if m.bot and "/case reveal" in m.words]
    return len(told) == times


@pytest.mark.parametrize("how", ["released", "passed on", "away"])
async def test_who_holds_the_case_no_more_sees_it_no_more(
    tmp_path: Path, database_url: str, how: str
) -> None:
    async with revealing(tmp_path, database_url) as house:
        number, anna = await held(house), house.person("anna")
        assert isinstance(await anna.types(f"/case reveal {number} wrong address"), View)
        assert MAIL in on_screen(house, "anna")
        care, visit = house.usher.care, Visit(VisitKey("2" * 64), ANNA)
        if how == "released":
            await care.cases.release(CaseId(number), visit=visit)
        elif how == "passed on":
            await care.cases.pass_on(CaseId(number), to=BEN, visit=visit)
        else:
            await care.absence.away("", visit=visit)
        await closed(house, "anna")
        await recorded(database_url, "reveal.closed", 1)


async def test_a_pass_that_was_taken_back_closes_what_was_seen_for_it(
    tmp_path: Path, database_url: str
) -> None:
    async with revealing(tmp_path, database_url) as house:
        number, anna, ben = await held(house), house.person("anna"), await house.enrolled("ben")
        heard(await anna.types(f"/case pass {number} @ben"))
        assert isinstance(await ben.types(f"/case reveal {number} wrong address"), View)
        assert MAIL in on_screen(house, "ben")
        assert "Undone" in heard(await anna.types("/case undo"))
        await closed(house, "ben")
