"""Two cases that are one matter, and words of them that a coordinator took off the channel."""

import asyncio
from datetime import time
from pathlib import Path

from bot.sandbox.driver import View
from tests.faults.databases import blocked, count, locked, rows
from tests.faults.flood import known
from tests.faults.waiting import until, until_told
from tests.journeys.answering import answering
from tests.journeys.approving import approves, card
from tests.journeys.test_merge import BILLING, FIRST, GENERAL, SECOND, shown, two_cases
from tests.journeys.test_merge_approval import TITLE, asks, two_persons
from tests.journeys.test_reply_bad_input import SIGNED, WORDS, two_approvers
from tests.journeys.test_wishes import shows, wishes, with_a_clock
from tests.running import Mode, Running, blanks, heard, running

BLANK = "[blanked by a coordinator]"
MERGED = "/case undo parts them again"


def stand(house: Running, words: str, *, channel: str, name: str = "cora") -> bool:
    return any(words in each.words for each in house.person(name).messages(channel))


async def test_undo_brings_no_words_back_that_were_taken_off_since(house: Running) -> None:
    anna, cora = await two_cases(house), house.person("cora")
    await anna.types("/case merge 2 into 1")
    await shown(anna, "It goes on in case 1", channel=GENERAL)
    await blanks(cora, await shown(anna, SECOND, channel=BILLING))
    assert "are two cases again" in heard(await anna.types("/case undo"))
    await cora.sees("Blanked by Cora Lind", channel=GENERAL, timeout=10)
    await until(lambda: not stand(house, "It goes on in case 1", channel=GENERAL))
    assert not stand(house, SECOND, channel=GENERAL)
    assert not stand(house, SECOND, channel=BILLING)
    assert f"@jane: “{BLANK}” · waits for someone" in heard(await anna.types("/case open"))


async def test_only_what_was_taken_off_since_stays_off(house: Running) -> None:
    anna, cora = await two_cases(house), house.person("cora")
    await blanks(cora, await shown(anna, FIRST, channel=BILLING))
    await shown(anna, "Blanked by Cora Lind", channel=BILLING)
    await anna.types("/case merge 2 into 1")
    await shown(anna, "It goes on in case 1", channel=GENERAL)
    await anna.types("/case undo")
    await shown(anna, SECOND, channel=GENERAL)


async def test_blanked_while_somebody_merges_it(house: Running, database_url: str) -> None:
    """Whoever is first: nobody hears that words are gone which stand on the other card."""
    anna, cora = await two_cases(house), house.person("cora")
    form = await cora.uses("Blank this card", on=await shown(cora, SECOND, channel=GENERAL))
    assert isinstance(form, View)
    async with locked(database_url, table="merges"):
        merging = asyncio.create_task(anna.types("/case merge 2 into 1"))
        await blocked(database_url)
        blanking = asyncio.create_task(cora.submits(form, {}))
        await asyncio.sleep(0.3)
    done = await blanking
    await merging
    assert isinstance(done, View)

    def said(words: str) -> bool:
        # It may come late, in a message after the first.
        return any(words in each.words for each in anna.messages(GENERAL) if each.ephemeral)

    await until(lambda: said(MERGED) or said("were taken off the channel, and would come back"))
    if said(MERGED):
        assert "It goes on in case 1: what was said stands on that card" in done.words


async def test_who_is_to_agree_reads_no_words_that_were_taken_off(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    change = two_persons("insurance")
    async with running(tmp_path, database_url, mode=mode, change=change) as house:
        await house.usher.care.roles.look()
        await two_cases(house)
        anna, cora = await asks(house), house.person("cora")
        assert SECOND in (await card(house, "mina", words=TITLE)).words
        await blanks(cora, await shown(cora, SECOND, channel=GENERAL))
        await until(lambda: not stand(house, SECOND, channel="@usher", name="mina"))
        await house.usher.care.approvals.settling.look()
        await anna.sees("has changed since it was asked", channel="@usher", timeout=10)
        assert await rows(database_url, "SELECT state FROM approvals") == [("void",)]


async def test_an_approval_of_the_case_that_went_on_forgets_them_too(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(
        tmp_path, database_url, mode, profile="standard", change=two_approvers
    ) as desk:
        house, cora = desk.house, desk.house.person("cora")
        await house.usher.care.roles.look()
        await desk.sends(WORDS)
        asked = await card(house, "cora", channel="#managers", words=SIGNED)
        await approves(house, "cora", asked, channel="#managers")
        await desk.one_stands(WORDS)
        await desk.card_says("Answered")
        await house.sandbox.x.posts("jane", f"@acme {SECOND}", lang="de")
        await shown(cora, SECOND, channel=GENERAL)
        merged = heard(await desk.anna.types(f"/case merge {desk.number} into 2"))
        assert f"Case {desk.number} goes on in case 2." in merged
        assert stand(house, "refund now", channel="#managers")
        await blanks(cora, await shown(cora, "refund now", channel=GENERAL))
        over = await cora.sees(f": “{BLANK}”", channel="#managers", timeout=10)
        assert over.ts == asked.ts
        # What was approved, and by whom, still stands there.
        assert SIGNED in over.words
        assert not stand(house, "refund now", channel="#managers")


async def test_who_is_told_later_hears_nothing_of_either(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with with_a_clock(tmp_path, database_url, mode) as (house, clock):
        anna, ben = await two_cases(house), await house.enrolled("ben")
        await wishes(ben, how="Once a day, in the morning")
        for number in (1, 2):
            await anna.types(f"/claim {number}")
            assert "Ben Okafor holds" in heard(await anna.types(f"/case pass {number} @ben"))
        await ben.types("/case merge 2 into 1")
        head = await shown(anna, SECOND, channel=BILLING)
        await known(house, head)
        await blanks(house.person("cora"), head)
        await shown(anna, "Blanked by Cora Lind", channel=BILLING)
        shows(clock, time(9, 1))
        for number in (1, 2):
            await ben.sees(f"passed case {number} to you: “{BLANK}”", channel="@usher", timeout=10)


async def test_a_case_that_goes_on_elsewhere_is_said_to_be_there_and_not_over(
    house: Running, database_url: str
) -> None:
    anna = await two_cases(house)
    await anna.types("/claim 2")
    form = await anna.types("/case complaint 2")
    assert isinstance(form, View)
    await anna.types("/case merge 2 into 1")
    quiet = await shown(anna, "It goes on in case 1", channel=GENERAL)
    await anna.submits(form, {"answer": "yes", "line": "auto", "nature": "claim"})

    async def refused() -> bool:
        said = "audit_events WHERE action = 'complaint.mark' AND effect = 'denied'"
        return await count(database_url, said) == 1

    await until_told(refused)
    assert await count(database_url, "complaints") == 0
    assert "goes on in case 1. Do it there" in heard(await anna.types("/case reveal 2 I check"))
    talk = await anna.says("They called as well.", channel=GENERAL, thread=quiet)
    adding = await anna.uses("Add to a case", on=talk)
    assert isinstance(adding, View)
    assert "is resolved" not in adding.words
    await anna.submits(adding, {})
    await shown(anna, "They called as well.", channel=BILLING)
