"""A storm over two replicas: one card, drawn by both, and it counts right in the end."""

import asyncio
from pathlib import Path

from bot.sandbox.driver import Message, Person
from bot.sandbox.journal import Call
from tests.faults.databases import count, rows
from tests.faults.test_turns import refusals, replicas
from tests.faults.waiting import until, until_told
from tests.journeys.storming import OUTAGE, STORMY
from tests.running import Running


def posted(house: Running) -> list[Call]:
    """Rolling cards that Slack took."""
    posts = house.sandbox.workspace.journal.calls("chat.postMessage")
    return [one for one in posts if one.answer.get("ok") and "Storm" in str(one.args.get("text"))]


def rolling(house: Running) -> Message:
    (card,) = [
        one for one in house.person("cora").messages(OUTAGE) if one.words.startswith("Storm")
    ]
    return card


async def written(house: Running, number: int, *, by: str) -> None:
    for one in range(number):
        await house.sandbox.x.posts(f"{by}{one}", f"@acme outage number {one} of {by}")


async def takes(person: Person, house: Running, database_url: str, times: int) -> None:
    """One after another, each time as the card is then."""
    for _ in range(times):
        before = await held(database_url)
        await person.clicks("Take the next one", on=rolling(house))
        await until_told(lambda least=before: more_than(database_url, least))


async def held(database_url: str) -> int:
    return await count(database_url, "cases WHERE holder IS NOT NULL")


async def more_than(database_url: str, least: int) -> bool:
    return await held(database_url) > least


async def until_both_drew(house: Running, database_url: str) -> int:
    """More and more write, until each replica has drawn the card; how many wrote."""
    drew: set[str] = set()
    number = 0
    async with asyncio.timeout(40):
        while len(drew) < 2:
            await written(house, 1, by=f"late{number}x")
            number += 1
            found = await rows(
                database_url, "SELECT leased_by FROM deliveries WHERE kind = 'storm'"
            )
            drew |= {owner for (owner,) in found if owner}
            await asyncio.sleep(0.2)
    return number


async def test_two_replicas_that_redraw_one_storm_have_one_card(
    tmp_path: Path, database_url: str
) -> None:
    async with replicas(tmp_path, database_url, 2, STORMY) as house:
        anna, ben = await house.enrolled("anna"), await house.enrolled("ben")
        await written(house, 12, by="early")
        await until(lambda: len(posted(house)) == 1)
        late, *_ = await asyncio.gather(
            until_both_drew(house, database_url),
            takes(anna, house, database_url, 3),
            takes(ben, house, database_url, 3),
        )

        async def all_kept() -> bool:
            return await count(database_url, "cases") == 12 + late

        await until_told(all_kept)
        storm = await count(database_url, "cases WHERE storm_id IS NOT NULL")
        free = await count(database_url, "cases WHERE storm_id IS NOT NULL AND holder IS NULL")
        assert free <= storm - 6
        words = f"Storm · {storm} cases · {free} wait"
        await until(lambda: words in rolling(house).words, seconds=30)
        assert len(posted(house)) == 1
        assert await count(database_url, "storms") == 1
        assert refusals(house) == []
