"""`kill -9` in the middle of a storm and started again: everybody is counted, and counted once."""

from pathlib import Path

from bot.manual import manifest_for
from bot.sandbox.driver import Message, Person
from bot.sandbox.server import Sandbox
from tests.faults.databases import blocked, count, locked, minute_passes, rows
from tests.faults.process import bot_running
from tests.faults.waiting import until, until_told
from tests.fixtures.houses import SOCKETS, only_on
from tests.running import heard, write_home

OUTAGE = "#care-outage"
MANY = 40


@only_on(SOCKETS[1])
async def test_killed_in_the_middle_of_a_storm(tmp_path: Path, database_url: str) -> None:
    write_home(tmp_path)
    async with Sandbox(manifest=manifest_for("")) as sandbox:
        anna = sandbox.person("anna")
        async with bot_running(tmp_path, sandbox, database_url) as bot:
            async with locked(database_url, table="audit_events"):
                for number in range(MANY):
                    await sandbox.x.posts(f"storm{number}", f"@acme outage number {number}")
                await until(lambda: len(sandbox.x.calls) > 0)
                await blocked(database_url)
                await bot.kill()
            assert await count(database_url, "storms") == 0
        await minute_passes(database_url)
        async with bot_running(tmp_path, sandbox, database_url) as bot:
            await until_told(lambda: opened(database_url))
            await bot.kill()
        await minute_passes(database_url)
        async with bot_running(tmp_path, sandbox, database_url) as bot:
            await anna.sees(f"{MANY} cases · {MANY} wait", channel=OUTAGE, timeout=20)
            await takes_the_next_one(anna)
            await bot.kill()
        await minute_passes(database_url)
        async with bot_running(tmp_path, sandbox, database_url) as bot:
            await anna.sees("Anna Berg", channel=OUTAGE, timeout=20)
            await sandbox.x.posts("jane", "@acme outage, me too")
            await anna.sees(f"{MANY + 1} cases · {MANY} wait", channel=OUTAGE, timeout=20)
            assert "Traceback" not in bot.log
        await nobody_lost_nobody_twice(anna, database_url)


async def opened(database_url: str) -> bool:
    return await count(database_url, "storms") == 1


async def takes_the_next_one(anna: Person) -> None:
    guidebook = await anna.clicks("Take the next one", on=rolling(anna)[-1])
    assert guidebook is not None
    await anna.submits(anna.view or await anna.sees_view(), {})
    assert "outage number 0" in heard(await anna.types("/case mine"))


def rolling(person: Person) -> list[Message]:
    return [one for one in person.messages(OUTAGE) if "Take the next one" in one.buttons]


async def nobody_lost_nobody_twice(anna: Person, database_url: str) -> None:
    assert await count(database_url, "storms") == 1
    assert await count(database_url, "mentions") == MANY + 1
    customers = await rows(
        database_url, "SELECT DISTINCT author_id FROM cases WHERE storm_id IS NOT NULL"
    )
    assert len(customers) == MANY + 1
    # It comes again only where the kill fell between Slack's doing and our noting it.
    assert 1 <= len(rolling(anna)) <= 2
