"""An answer goes out once, whatever becomes of the receipt, of X or of us."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.manual import manifest_for
from bot.model.delivery import DeliveryKind
from bot.sandbox.driver import View
from bot.sandbox.server import Sandbox
from bot.sandbox.x_oauth import OUR_ACCOUNT
from tests.faults.databases import blocked, locked, minute_passes, rows
from tests.faults.process import bot_running
from tests.faults.waiting import until
from tests.fixtures.houses import SOCKETS, once_each
from tests.journeys.answering import PRIVACY, Desk, answering
from tests.running import Mode, Page, Wandering, case_number, write_home

WORDS = "We are on it."
PUBLICLY, DIRECTLY = "Publicly, for everybody to read", "In a direct message"


@once_each("fault", ("hang_up", "503:1", "503", "429:1"), SOCKETS)
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
        await desk.sends(WORDS, How=DIRECTLY)
        await desk.card_says("Answered directly")
        assert len(desk.house.sandbox.x.writing.messages) == 1


@once_each("how", (PUBLICLY, DIRECTLY), SOCKETS)
async def test_killed_between_sending_and_noting_it(
    tmp_path: Path, database_url: str, how: str
) -> None:
    def change(page: Page) -> None:
        page["policy"]["profile"] = "shelter"
        page["networks"]["x"] |= {"poll_seconds": 1, "privacy_url": PRIVACY}

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
            x.faults.inject("timeout:1", on="create" if how == PUBLICLY else "dm_send")
            form = await anna.types(f"/reply {number}")
            assert isinstance(form, View)
            shown = await anna.submits(form, {"Your answer": WORDS, "How": how})
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
            await anna.sees("Answered", channel="#care-billing", timeout=20)
        assert ours(sandbox) == 1


def hurried(page: Page) -> None:
    page["networks"]["x"]["timeout_seconds"] = 0.3


@once_each("how", (PUBLICLY, DIRECTLY), SOCKETS)
async def test_an_x_slower_than_we_wait_gets_it_once(
    tmp_path: Path, database_url: str, mode: Mode, how: str
) -> None:
    """It takes the words after we have looked for them in vain."""
    async with answering(tmp_path, database_url, mode, change=hurried) as desk:
        sandbox = desk.house.sandbox
        sandbox.x.faults.inject("timeout:2", on="create" if how == PUBLICLY else "dm_send")
        await desk.sends(WORDS, How=how)
        await desk.card_says("Answered")
        assert ours(sandbox) == 1


async def test_a_message_that_never_shows_is_sent_no_second_time(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    clock = Wandering()
    async with answering(tmp_path, database_url, mode, clock=clock) as desk:
        x = desk.house.sandbox.x
        x.faults.inject("503", on="dm_send")
        await desk.sends(WORDS, How=DIRECTLY)
        await until(lambda: called(desk, "dm_events") > 0)
        clock.off += timedelta(minutes=11)
        told = await desk.told("may or may not have gone out")
        assert f"{WORDS} – Anna" in told.words
        assert called(desk, "messages") == 1
        # Who looked there, and did not find it, sends it again.
        await desk.sends(WORDS, How=DIRECTLY)
        await desk.card_says("Answered directly")
        assert ours(desk.house.sandbox) == 1


@once_each("fault", ("429:1", "401"), SOCKETS)
async def test_what_x_says_it_did_not_take_goes_with_the_next_try(
    tmp_path: Path, database_url: str, mode: Mode, fault: str
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        desk.house.sandbox.x.faults.inject(fault, on="dm_send")
        await desk.sends(WORDS, How=DIRECTLY)
        if fault == "401":
            await desk.told("mends a setting")
            await desk.house.usher.care.deliveries.revive()
        await desk.card_says("Answered directly")
        assert ours(desk.house.sandbox) == 1


@once_each("how", (PUBLICLY, DIRECTLY), SOCKETS)
async def test_two_couriers_at_one_door_bring_it_once(
    tmp_path: Path, database_url: str, mode: Mode, how: str
) -> None:
    """As after a lease that ran out while the first one was still on its way."""
    async with answering(tmp_path, database_url, mode) as desk:
        endpoint = "create" if how == PUBLICLY else "dm_send"
        desk.house.sandbox.x.faults.inject("timeout:1", on=endpoint)
        await desk.sends(WORDS, How=how)
        await until(lambda: not desk.house.sandbox.x.faults._orders)
        courier = desk.house.usher.care.deliveries.couriers[DeliveryKind.REPLY]
        ((reply_id,),) = await rows(database_url, "SELECT id FROM replies WHERE state = 'sending'")
        await asyncio.gather(*(courier(str(reply_id)) for _ in range(3)), return_exceptions=True)
        await desk.card_says("Answered")
        assert ours(desk.house.sandbox) == 1


def called(desk: Desk, last: str) -> int:
    return sum(call.path.endswith(last) for call in desk.house.sandbox.x.calls)


def ours(sandbox: Sandbox) -> int:
    """Publicly and directly."""
    public = sum(post.author_id == "1000" for post in sandbox.x.timeline())
    return public + len(sandbox.x.writing.messages)
