"""A day with many notices: whoever hears of them once a day hears of every one."""

from datetime import time
from pathlib import Path

from tests.journeys.test_wishes import passed_to_ben, shows, wishes, with_a_clock
from tests.running import Mode

CASES = 24
"""More than one message shows."""


async def test_a_notice_too_many_begins_a_message_of_its_own(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with with_a_clock(tmp_path, database_url, mode) as (house, clock):
        ben = house.person("ben")
        await wishes(ben, how="Once a day, in the morning")
        for number in range(1, CASES + 1):
            await passed_to_ben(house, number)
        shows(clock, time(9, 1))
        await ben.sees(f"passed case {CASES}", channel="@usher", timeout=10)
        told = [each for each in ben.messages("@usher") if each.bot]
        assert len(told) == 2
        shown = [str(block) for each in told for block in each.blocks]
        for number in range(1, CASES + 1):
            assert len([each for each in shown if f"passed case {number} " in each]) == 1, number
        for each in told:
            (heading,) = [block for block in each.blocks if block["type"] == "header"]
            assert heading["text"]["text"] == "What happened since yesterday"
