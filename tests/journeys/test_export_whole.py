"""What a case's file holds, of one moment and of all that went on in it, and when it is let go."""

import asyncio
import json
from pathlib import Path

import asyncpg

from bot.care.case_file import check_file
from tests.faults.databases import blocked, count, rows
from tests.fixtures.houses import Way, only_on
from tests.journeys.approving import recorded
from tests.journeys.test_export import CHANNEL, WHAT_FOR, a_case, auditing, files, the_file
from tests.journeys.test_merge import two_cases
from tests.running import Running, heard

HANDLE = "378282246310005"
"""A person may be called as a card is numbered."""


async def test_nothing_told_in_it_is_in_the_clear(tmp_path: Path, database_url: str) -> None:
    async with auditing(tmp_path, database_url) as house:
        await house.card(HANDLE, "@acme refund please now", channel=CHANNEL, seen="refund please")
        heard(await house.person("mina").types(f"/case export 1 {WHAT_FOR}"))
        content = await the_file(house, "mina")
        assert HANDLE.encode() not in content
        told, (post,) = json.loads(content), house.sandbox.x.timeline()
        # By the post's own number the network finds it under any name.
        assert told["posts"][0]["link"].startswith("https://x.com/")
        assert told["posts"][0]["link"].endswith(f"/status/{post.id}")
        assert check_file(content).broken == ()


async def test_the_lines_of_what_goes_on_in_it_are_in_its_file(
    tmp_path: Path, database_url: str
) -> None:
    async with auditing(tmp_path, database_url) as house:
        anna, mina = await two_cases(house), house.person("mina")
        heard(await anna.types("/case note 2 she called us as well"))
        heard(await anna.types("/case merge 2 into 1"))
        no = heard(await mina.types(f"/case export 2 {WHAT_FOR}"))
        assert "Case 2 goes on in case 1, and is exported there" in no
        assert "/case export 1" in no
        heard(await mina.types(f"/case export 1 {WHAT_FOR}"))
        content = await the_file(house, "mina")
    told = json.loads(content)
    lines = [json.loads(each["body"]) for each in told["record"]]
    assert told["case"]["joined"] == ["2"]
    assert {("2", "case.noted"), ("2", "case.merged"), ("1", "case.claimed")} <= {
        (line["case"], line["action"]) for line in lines
    }
    numbers = [int(each["number"].removeprefix("D-")) for each in told["record"]]
    assert numbers == sorted(numbers)
    report = check_file(content)
    assert (report.case, report.broken) == ("1 with 2", ())
    # A line of a case that is not said to be in it is none of its lines.
    told["case"]["joined"] = []
    assert len(check_file(json.dumps(told).encode()).broken) > 1


@only_on(Way("postgres", "socket"))
async def test_it_is_of_one_moment(tmp_path: Path, database_url: str) -> None:
    async with auditing(tmp_path, database_url) as house:
        number, mina = await a_case(house), house.person("mina")
        other = await asyncpg.connect(database_url)
        try:
            async with other.transaction():
                await other.execute("SELECT id FROM cases WHERE id = $1 FOR UPDATE", number)
                asked = asyncio.create_task(mina.types(f"/case export {number} {WHAT_FOR}"))
                await blocked(database_url)
                await other.execute("UPDATE cases SET revision = 77 WHERE id = $1", number)
        finally:
            await other.close()
        heard(await asked)
        assert json.loads(await the_file(house, "mina"))["case"]["revision"] == "77"


async def waits_for_slack(house: Running) -> None:
    """Made, sealed, and not handed over."""
    house.sandbox.workspace.faults.inject("files.getUploadURLExternal", kind="503", times=99)
    number = await a_case(house)
    heard(await house.person("mina").types(f"/case export {number} {WHAT_FOR}"))


async def test_the_file_of_who_left_is_kept_no_longer(tmp_path: Path, database_url: str) -> None:
    async with auditing(tmp_path, database_url) as house:
        await waits_for_slack(house)
        assert await count(database_url, "exports WHERE file_sealed IS NOT NULL") == 1
        # Nobody tells us, and she is no ambassador: it is seen by whoever looks around.
        house.sandbox.workspace.faults.inject("delivery", kind="drop")
        await house.person("cora").deactivates("mina")
        house.usher.care.absence.people.forget("U0MINA")
        await house.usher.care.absence.sweep()
        await dropped(house, database_url)


async def test_the_file_of_who_is_not_shown_to_us_is_kept_no_longer(
    tmp_path: Path, database_url: str
) -> None:
    async with auditing(tmp_path, database_url) as house:
        faults = house.sandbox.workspace.faults
        faults.inject("conversations.open", kind="error:user_not_visible", times=1)
        faults.inject("files.getUploadURLExternal", kind="error:user_not_visible", times=1)
        number = await a_case(house)
        heard(await house.person("mina").types(f"/case export {number} {WHAT_FOR}"))
        await dropped(house, database_url)


async def dropped(house: Running, database_url: str) -> None:
    await recorded(database_url, "export.dropped", 1)
    assert await rows(database_url, "SELECT state, file_sealed FROM exports") == [("void", None)]
    assert not files(house)
