"""A hold by topic is no matter of how a case came to its number: merged, said later, brought in."""

from pathlib import Path

from bot.sandbox.driver import View
from tests.faults.waiting import until
from tests.journeys.answering import answering
from tests.journeys.approving import card, says_why
from tests.running import Mode, Running, heard

OUTAGE, BILLING = "#care-outage", "#care-billing"
WORDS = "We look into it."


async def test_neither_a_merge_nor_a_later_word_nor_a_case_by_hand_leads_around_it(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        house, anna = desk.house, desk.anna
        await house.card("jane", "@acme is it offline?", channel=OUTAGE, seen="offline")
        await anna.types("/claim 2")
        await house.card("mia", "@acme it is down here", channel=OUTAGE, seen="down here")
        await anna.types("/claim 3")
        await house.person("cora").types("/usher hold billing Legal looks at it.")
        # An answer on another topic goes out; and so it does for words that name none.
        assert isinstance(await anna.types(f"/reply 2 {WORDS}"), View)
        x = house.sandbox.x
        mias = next(each for each in x.timeline() if "down here" in each.text)
        await x.posts("mia", "@acme refund me now", in_reply_to=mias.id)
        await anna.sees("refund me", channel=OUTAGE, timeout=10)
        await refused(desk.house, "/reply 3", WORDS)
        said = heard(await anna.types("/case merge 1 into 2"))
        assert "On hold are answers on billing: with that, all answers in case 2 wait." in said
        await refused(desk.house, "/reply 2", WORDS)
        await anna.types("/case new @kim just a greeting")
        await anna.types("/claim 4")
        await refused(desk.house, "/reply 4", "We refund you all.")
        assert "Ready to copy" in heard(await anna.types("/reply 4 Hello to you too."))
        assert desk.ours() == []
        await house.person("cora").types("/usher hold all Nobody answers now.")
        await anna.types("/case part 1 from 2")
        again = heard(await anna.types("/case merge 1 into 2"))
        assert "On hold are answers on every topic: with that, all answers in case 2 wait." in again


async def refused(house: Running, typed: str, words: str) -> None:
    anna = house.person("anna")
    said = heard(await anna.types(f"{typed} {words}"))
    assert "on hold" in said, typed
    assert words in said
    assert "Rule: topic-on-hold" in await says_why(house, "anna", said)


async def test_who_approves_reads_what_is_on_hold(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="insurance") as desk:
        await desk.house.usher.care.roles.look()
        house, anna = desk.house, desk.anna
        await house.card("jane", "@acme is it offline?", channel=OUTAGE, seen="offline")
        await anna.types("/claim 2")
        await house.person("cora").types("/usher hold billing Legal looks at it.")
        await anna.types("/case merge 2 into 1")
        merge = await card(house, "mina", words="Case 2 goes on in case 1")
        assert "with that, all answers in case 1 wait" in merge.words
        shown = await anna.types(f"/reply 2 {WORDS}")
        assert isinstance(shown, View)
        await anna.submits(shown, {})
        await until(lambda: any(WORDS in m.words for m in house.person("mina").messages("@usher")))
        reply = await card(house, "mina", words=WORDS)
        assert "On hold are answers on billing, and this one is of none of them" in reply.words
