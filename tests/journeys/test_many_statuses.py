"""Many who change their status at once are looked at in turn; nobody else waits behind them."""

from bot.care.deliveries import MOST_AT_ONCE
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.journeys.test_absence import CHANNEL, held
from tests.running import Running

MANY = 3 * MOST_AT_ONCE
WAITING = "deliveries WHERE kind = 'event' AND state != 'done'"


async def test_a_word_to_usher_is_answered_before_most_of_them_were_looked_at(
    house: Running, database_url: str
) -> None:
    anna, _ = await held(house, "anna")
    for number in range(MANY):
        await anna.sets_status(":spiral_calendar_pad:", f"meeting {number}")

    async def kept() -> bool:
        return await count(database_url, "inbox WHERE kind = 'user_change'") == MANY

    await until_told(kept)
    ben = house.person("ben")
    await ben.says("@usher help", channel=CHANNEL)
    await ben.sees("Any employee can help", channel=CHANNEL, timeout=30)
    # More wait than could be under way at once: it did not have to wait for its turn behind them.
    assert await count(database_url, WAITING) > MOST_AT_ONCE


async def test_each_look_is_taken_in_the_end(house: Running, database_url: str) -> None:
    anna, _ = await held(house, "anna")
    for emoji in (":spiral_calendar_pad:", "", ":spiral_calendar_pad:", ":palm_tree:"):
        await anna.sets_status(emoji, "")
    await anna.sees("waits for everybody again", channel="@anna", timeout=20)

    async def nothing_waits() -> bool:
        return await count(database_url, WAITING) == 0

    await until_told(nothing_waits)
