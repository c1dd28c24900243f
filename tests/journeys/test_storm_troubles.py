"""Story 3 on bad days: strangers at the rolling card, Slack in trouble, a card that is gone."""

from dataclasses import replace
from pathlib import Path

from tests.faults.databases import count
from tests.faults.waiting import until, until_told
from tests.journeys.storming import OUTAGE, STORMY, cards, house, outage, passing, told
from tests.running import Mode, Running, blanks, case_number, running

__all__ = ["house", "passing"]


async def test_guests_and_strangers_are_refused_with_a_reason(house: Running) -> None:
    card = await outage(house, 4)
    eve = house.person("eve")
    await house.person("anna").shares(OUTAGE)
    for label in ("Take the next one", "Show the list"):
        said = await told(eve, label, on=card)
        assert "D-" in said.words
        assert "storm" not in said.words


async def test_slack_in_trouble_delays_the_rolling_card_and_loses_nobody(
    house: Running, database_url: str
) -> None:
    faults = house.sandbox.workspace.faults
    faults.inject("chat.postMessage", kind="503")
    faults.inject("chat.update", kind="429:1")
    card = await outage(house, 5)
    await house.sandbox.x.posts("jane", "@acme outage at last")

    async def counted() -> bool:
        return await count(database_url, "cases WHERE storm_id IS NOT NULL") == 6

    await until_told(counted)
    later = await house.person("cora").sees("6 cases", channel=OUTAGE, timeout=15)
    assert later.ts == card.ts


async def test_one_whose_message_was_deleted_is_posted_anew(house: Running) -> None:
    card = await outage(house, 5)
    house.sandbox.workspace.messages.delete(card)
    await house.sandbox.x.posts("jane", "@acme outage at last")
    anew = await house.person("cora").sees("6 cases", channel=OUTAGE, timeout=10)
    assert anew.ts != card.ts
    await until(lambda: len(cards(house)) == 1)


async def test_words_taken_off_the_channel_leave_the_rolling_card_with_them(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    never = replace(STORMY, redrawn_every=600.0)
    async with running(tmp_path, database_url, mode=mode, weather=never) as house:
        rolling, cora = await outage(house, 4), await house.enrolled("cora")

        def says(words: str) -> bool:
            return words in next(one for one in cards(house) if one.ts == rolling.ts).words

        await cora.clicks("Take the next one", on=rolling)
        own = await cora.sees("Cora Lind", channel=OUTAGE, timeout=10)
        await cora.types(f"/case release {case_number(own)}")
        assert says("outage number 0")
        await blanks(cora, own)
        # Long before the counts would be drawn anew.
        await until(lambda: not says("outage number 0"))
        assert says("4 wait")
