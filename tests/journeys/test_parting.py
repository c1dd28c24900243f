"""A wrong merge is mended however late it is seen: what came along goes back, the rest stays."""

from bot.sandbox.driver import Person
from tests.faults.databases import rows
from tests.faults.waiting import until, until_told
from tests.journeys.approving import says_why
from tests.journeys.test_merge import BILLING, GENERAL, SECOND, posted_again, shown, two_cases
from tests.running import Running, blanks, heard


async def merged_and_gone_on(house: Running) -> Person:
    """Case 2 goes on in case 1, was written to and blanked there, and is over."""
    anna, ben, cora = await two_cases(house), await house.enrolled("ben"), house.person("cora")
    await ben.types("/case note 2 she called us as well")
    assert "goes on in no other case" in heard(await anna.types("/case part 2"))
    await anna.types("/case merge 2 into 1")
    await posted_again(house, "und warum nicht?")
    await blanks(cora, await shown(cora, "und warum nicht", channel=BILLING))
    await ben.types("/case note 1 both of it")
    await anna.types("/case resolve 1")
    return anna


async def test_what_came_along_goes_back_and_what_was_written_since_stays(
    house: Running, database_url: str
) -> None:
    anna = await merged_and_gone_on(house)
    refused = heard(await house.person("ben").types("/case part 2 from 1"))
    assert "Cases are parted by whoever holds the one that both go on in" in refused
    assert "Rule: part-by-holder" in await says_why(house, "ben", refused)
    assert "There is no case 3" in heard(await anna.types("/case part 2 from 3"))
    assert "a matter of its own: /case part 2." in heard(await anna.types("/case part 1"))
    # Over, and she who was merged away never got an answer.
    parted = heard(await anna.types("/case part 1 from 2, please"))
    assert "Case 2 and case 1 are two cases again." in parted
    back = await shown(anna, "Blanked by Cora Lind", channel=GENERAL)
    assert SECOND not in back.words
    page = heard(await anna.types("/case 2"))
    assert "she called us as well" in page
    assert "und warum nicht?" in page
    assert "both of it" not in page
    assert "both of it" in heard(await anna.types("/case 1"))
    assert "2 · " in heard(await anna.types("/case open"))
    lines = "SELECT case_id FROM audit_events WHERE action = 'case.parted' ORDER BY id"
    assert await rows(database_url, lines) == [(2,), (1,)]


async def test_who_held_it_has_it_again_unless_they_are_away(house: Running) -> None:
    anna, ben = await two_cases(house), await house.enrolled("ben")
    await ben.types("/claim 2")
    cora, parted = await house.enrolled("cora"), "Cora Lind parted case 2 from case 1"
    await cora.types("/case merge 2 into 1")
    await cora.types("/case undo")
    await ben.sees(parted, channel="@usher", timeout=10)
    await cora.types("/case merge 2 into 1")
    await anna.types("/case note 1 both of it")
    await cora.types("/case part 2")
    await until(lambda: sum(parted in each.words for each in ben.messages("@usher")) == 2)
    assert "2 · " in heard(await ben.types("/case mine"))
    await cora.types("/case merge 2 into 1")
    await ben.types("/usher away")
    await cora.types("/case part 2")
    assert "2 · " in heard(await anna.types("/case open"))


async def test_nothing_comes_back_to_somebody_who_is_away_or_has_left(
    house: Running, database_url: str
) -> None:
    anna, ben = await two_cases(house), await house.enrolled("ben")
    cora = await house.enrolled("cora")
    await ben.types("/claim 2")
    await cora.types("/case merge 2 into 1")
    assert "You hold no case that would have to wait" in heard(await ben.types("/usher away"))
    assert "are two cases again" in heard(await cora.types("/case undo"))
    assert "2 · " in heard(await anna.types("/case open"))
    # Away, and at work after all: it stays with them.
    assert "is yours" in heard(await ben.types("/claim 2"))
    await cora.types("/case merge 2 into 1")
    await cora.types("/case part 2")
    assert "2 · " in heard(await ben.types("/case mine"))
    await cora.types("/case merge 2 into 1")
    await cora.deactivates("ben")
    handed = "SELECT case_id FROM audit_events WHERE action = 'case.handed_back'"

    async def known() -> bool:
        return await rows(database_url, handed) == [(2,), (2,)]

    await until_told(known)
    await anna.types("/case part 2")
    assert "is yours" in heard(await anna.types("/claim 2"))
