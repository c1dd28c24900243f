"""Two cases that are one matter: one goes on in the other, and nothing of it is lost."""

import asyncio

import pytest

from bot.model.ids import CaseId, VisitKey
from bot.model.visit import Visit
from bot.sandbox.driver import Errors, Message, Person, View
from bot.sandbox.records import Json
from tests.faults.databases import count, rows
from tests.faults.waiting import until
from tests.journeys.approving import says_why
from tests.journeys.test_reply_race import ANNA
from tests.running import Running, heard

BILLING, GENERAL = "#care-billing", "#care-general"
FIRST, SECOND = "refund now please", "der Mitarbeiter hat nicht geantwortet"
"""Jane writes twice, in two languages, so that her cases stand in two channels."""


async def two_cases(house: Running, second: str = "jane") -> Person:
    """Case 1 in one channel and case 2 in the other; anna holds the first."""
    await house.card("jane", f"@acme {FIRST}", channel=BILLING, seen=FIRST)
    await house.sandbox.x.posts(second, f"@acme {SECOND}", lang="de")
    await house.person("cora").sees(SECOND, channel=GENERAL, timeout=10)
    anna = await house.enrolled("anna")
    await anna.types("/claim 1")
    return anna


async def posted_again(house: Running, words: str) -> None:
    """In the thread of the second one."""
    post = next(each for each in house.sandbox.x.timeline() if SECOND in each.text)
    await house.sandbox.x.posts("jane", words, in_reply_to=post.id)


async def shown(person: Person, words: str, *, channel: str) -> Message:
    return await person.sees(words, channel=channel, timeout=10)


def links(message: Message) -> list[str]:
    found: list[str] = []

    def look(block: Json) -> None:
        if block.get("type") == "link":
            found.append(str(block["url"]))
        for each in block.get("elements", ()):
            look(each)

    for block in message.blocks:
        look(block)
    return found


@pytest.mark.main_journey
async def test_one_goes_on_in_the_other_and_both_cards_say_so(
    house: Running, database_url: str
) -> None:
    anna, ben = await two_cases(house), house.person("ben")
    await ben.types("/case note 2 she called us as well")
    merged = heard(await anna.types("/case merge 2 into 1"))
    assert "Case 2 goes on in case 1." in merged
    quiet = await shown(anna, "It goes on in case 1", channel=GENERAL)
    assert "· merged" in quiet.words
    assert SECOND not in quiet.words + quiet.text
    assert quiet.buttons == []
    alive = await shown(anna, "she called us as well", channel=BILLING)
    assert SECOND in alive.words
    assert "Case 2 goes on here." in alive.words
    assert any(alive.ts.replace(".", "") in link for link in links(quiet))
    # Whoever asks for the one reads the other; and does there what they want to do.
    read = heard(await ben.types("/case 2"))
    assert "Case 2 goes on in case 1. Case 1: Jane" in read
    assert "she called us as well" in read
    for typed in ("/claim 2", "/case note 2 hello", "/handoff 2", "/case resolve 2"):
        assert "Case 2 goes on in case 1. Do it there" in heard(await ben.types(typed)), typed
    assert "Nobody is waiting" in heard(await ben.types("/case open"))
    found = heard(await ben.types(f"/case find {SECOND.split()[1]}"))
    assert "1 · " in found
    assert "2 · " not in found
    await posted_again(house, "und warum nicht?")
    assert "Case 2 goes on here" in (await shown(anna, "und warum nicht", channel=BILLING)).words
    assert await count(database_url, "cases") == 2
    assert await count(database_url, "audit_events WHERE action = 'case.merged'") == 2


async def test_undo_parts_them_and_what_was_said_since_stands_where_it_was_said(
    house: Running, database_url: str
) -> None:
    anna = await two_cases(house)
    await house.person("ben").types("/case note 2 she called us as well")
    await anna.types("/case merge 2 into 1")
    await shown(anna, "It goes on in case 1", channel=GENERAL)
    await posted_again(house, "und warum nicht?")
    await shown(anna, "und warum nicht", channel=BILLING)
    undone = heard(await anna.types("/case undo"))
    assert "are two cases again" in undone
    back = await shown(anna, "und warum nicht", channel=GENERAL)
    assert "she called us as well" in back.words
    assert "Claim" in back.buttons
    await until(lambda: not any("goes on here" in m.words for m in anna.messages(BILLING)))
    assert "undone already" in heard(await anna.types("/case undo"))
    assert await count(database_url, "audit_events WHERE action = 'case.parted'") == 1
    # Once somebody went on there it is too late.
    await anna.types("/case merge 2 into 1")
    await house.person("ben").types("/case note 1 both of it")
    late = heard(await anna.types("/case undo"))
    assert "went on since then" in late
    assert "can be parted all the same: /case part 2." in late
    assert await count(database_url, "mentions WHERE case_id = 1") == 3


async def test_two_customers_are_one_matter_only_if_somebody_says_so(house: Running) -> None:
    anna = await two_cases(house, "bob")
    form = await anna.types("/case merge 2 into 1")
    assert isinstance(form, View)
    assert form.title == "Merge case 2"
    assert "these are two customers" in form.words
    refused = await anna.submits(form, {})
    assert isinstance(refused, Errors)
    assert "Say that they are one matter" in str(refused)
    await anna.submits(form, {"one_matter": "They are one matter"})
    await shown(anna, "It goes on in case 1", channel=GENERAL)
    assert "@bob wrote:" in (await shown(anna, SECOND, channel=BILLING)).words
    assert "@bob, a moment ago" in heard(await anna.types("/case 1"))
    # An answer still goes to the one whose case it is.
    answered = heard(await anna.types("/reply 1 We look into it."))
    assert "case 1" in answered
    assert "Do it there" not in answered


async def test_without_a_number_a_form_asks_where_it_goes_on(house: Running) -> None:
    anna = await two_cases(house)
    form = await anna.types("/case merge 1")
    assert isinstance(form, View)
    for typed, told in (
        ("soon", "no number of a case"),
        ("1", "That is case 1 twice"),
        ("99", "There is no case 99"),
    ):
        answered = await anna.submits(form, {"into": typed})
        assert isinstance(answered, Errors)
        assert told in str(answered)
    await anna.submits(form, {"into": "2"})
    await shown(anna, "It goes on in case 2", channel=BILLING)
    # Nobody held the other one: whoever held the first goes on with it.
    assert "2 · " in heard(await anna.types("/case mine"))
    assert "A number is missing" in heard(await anna.types("/case merge"))


async def test_who_may_merge_and_what_is_in_the_way(house: Running, database_url: str) -> None:
    anna = await two_cases(house)
    ben, cora = await house.enrolled("ben"), await house.enrolled("cora")
    refused = heard(await ben.types("/case merge 2 into 1"))
    assert "Cases are merged by whoever holds them" in refused
    assert "Rule: merge-by-holder" in await says_why(house, "ben", refused)
    refused = heard(await house.person("mina").types("/case merge 2 into 1"))
    assert "Accept it with /usher enroll" in refused
    # On its way to a desk that has not answered yet.
    house.usher.care.deliveries.end()
    await ben.types("/claim 2")
    await ben.types("/handoff 2 sales He asks for an offer.")
    waits = heard(await cora.types("/case merge 2 into 1"))
    assert "on its way to sales: wait for its ticket number" in waits
    assert "/case merge 1 into 2" in waits
    assert "Case 1 goes on in case 2" in heard(await cora.types("/case merge 1 into 2"))
    # Anna held it: she is told.
    told = "SELECT count(*) FROM outgoing"
    assert (await rows(database_url, told))[0][0] >= 1
    assert "Case 1 goes on in case 2" in heard(await anna.types("/case merge 2 into 1"))


async def test_crosswise_at_once_one_wins(house: Running, database_url: str) -> None:
    anna, cora = await two_cases(house), await house.enrolled("cora")
    await anna.types("/claim 2")
    db = house.usher.rooms.db
    await asyncio.gather(*(db.technical(lambda unit: unit.cursors.beats()) for _ in range(10)))
    answers = await asyncio.gather(
        anna.types("/case merge 2 into 1"), cora.types("/case merge 1 into 2")
    )
    said = [heard(answer) for answer in answers]
    assert sum("/case undo parts them again" in words for words in said) == 1, said
    assert sum("Do it there" in words for words in said) == 1, said
    standing = await rows(database_url, "SELECT state, merged_into FROM cases ORDER BY id")
    assert sorted(state for state, _ in standing) == ["merged", "open"]
    assert await count(database_url, "merges") == 1


async def test_a_visit_that_comes_again_merges_once(house: Running, database_url: str) -> None:
    await two_cases(house)
    merging, visit = house.usher.care.merging, Visit(VisitKey("merge"), ANNA)
    numbers = {"case_id": CaseId(2), "into": CaseId(1)}
    answers = await asyncio.gather(*(merging.merge(**numbers, visit=visit) for _ in range(4)))
    assert {answer.text for answer in answers} == {"Case 2 goes on in case 1."}
    assert sum(answer.repeated for answer in answers) == 3
    assert await count(database_url, "merges") == 1


async def test_into_a_case_that_is_resolved_at_that_moment(
    house: Running, database_url: str
) -> None:
    """Whoever is first: nothing ever waits in a case that was over before."""
    anna, cora = await two_cases(house), await house.enrolled("cora")
    answers = await asyncio.gather(
        anna.types("/case resolve 1"), cora.types("/case merge 2 into 1")
    )
    merged = "/case undo parts them again" in heard(answers[1])
    assert merged or "Only open cases can be merged" in heard(answers[1])
    states = await rows(database_url, "SELECT state FROM cases ORDER BY id")
    # What was merged first is resolved with it.
    assert states == [("resolved",), ("merged" if merged else "open",)]
