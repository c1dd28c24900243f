"""An answer goes out once, whatever becomes of the receipt, of X or of us."""

from pathlib import Path

import pytest

from bot.manual import manifest_for
from bot.sandbox.driver import View
from bot.sandbox.server import Sandbox
from bot.sandbox.x_oauth import OUR_ACCOUNT
from tests.faults.databases import blocked, locked, minute_passes
from tests.faults.process import bot_running
from tests.faults.waiting import until
from tests.journeys.answering import answering
from tests.running import Mode, Page, case_number, write_home

WORDS = "We are on it."


@pytest.mark.parametrize("fault", ["hang_up", "503:1", "503", "429:1"])
async def test_once_however_the_receipt_is_lost(
    tmp_path: Path, database_url: str, mode: Mode, fault: str
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        desk.house.sandbox.x.faults.inject(fault, on="create")
        await desk.sends(WORDS)
        await desk.card_says("Answered by")
        await desk.one_stands(WORDS)


async def test_once_while_our_own_posts_cannot_be_seen(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        x = desk.house.sandbox.x
        x.faults.inject("hang_up", on="create")
        x.faults.inject("503", 2, on="own_posts")
        await desk.sends(WORDS)
        await desk.card_says("Answered by")
        await desk.one_stands(WORDS)
        # What stood there already was not sent again.
        assert (
            sum(call.path.endswith("/2/tweets") for call in x.calls if call.method == "POST") == 1
        )


async def test_once_however_a_message_is_lost(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        desk.house.sandbox.x.faults.inject("hang_up", on="dm_send")
        await desk.sends(WORDS, How="In a direct message")
        await desk.card_says("Answered directly")
        assert len(desk.house.sandbox.x.writing.messages) == 1


async def test_killed_between_sending_and_noting_it(tmp_path: Path, database_url: str) -> None:
    def change(page: Page) -> None:
        page["policy"]["profile"] = "shelter"
        page["networks"]["x"]["poll_seconds"] = 1

    write_home(tmp_path, change)
    async with Sandbox(manifest=manifest_for("")) as sandbox:
        x, anna = sandbox.x, sandbox.person("anna")
        async with bot_running(tmp_path, sandbox, database_url, OUR_ACCOUNT) as bot:
            await x.posts("jane", "@acme refund now")
            card = await anna.sees("refund now", channel="#care-billing", timeout=20)
            number = case_number(card)
            guidebook = await anna.types(f"/claim {number}")
            assert isinstance(guidebook, View)
            await anna.submits(guidebook, {})
            x.faults.inject("timeout:1", on="create")
            shown = await anna.types(f"/reply {number} {WORDS}")
            assert isinstance(shown, View)
            await anna.submits(shown, {})
            # Taken up: it is noted that X may have it, and X takes its time.
            await until(lambda: not x.faults._orders)
            async with locked(database_url, table="replies"):
                await until(lambda: ours(sandbox) == 1)
                await blocked(database_url)
                await bot.kill()
        await minute_passes(database_url)
        async with bot_running(tmp_path, sandbox, database_url, OUR_ACCOUNT):
            await anna.sees("Answered by", channel="#care-billing", timeout=20)
        assert ours(sandbox) == 1


def ours(sandbox: Sandbox) -> int:
    return sum(post.author_id == "1000" for post in sandbox.x.timeline())
