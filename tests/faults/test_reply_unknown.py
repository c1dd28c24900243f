"""What may stand on the network is never told as not gone out, nor left behind, whatever changes.

X takes the words late, or says nothing: we looked for them in vain, and a second try is refused.
"""

from datetime import timedelta
from pathlib import Path

from tests.faults.databases import count, rows
from tests.faults.waiting import until, until_told
from tests.journeys.answering import Desk, answering
from tests.running import Page, Wandering, heard

WORDS = "We are on it."
SENDING = "replies WHERE state = 'sending'"


def hurried(page: Page) -> None:
    page["networks"]["x"]["timeout_seconds"] = 0.3


async def test_a_no_after_an_unknown_outcome_is_no_word_about_it(
    tmp_path: Path, database_url: str
) -> None:
    async with answering(tmp_path, database_url, "socket", change=hurried) as desk:
        desk.house.sandbox.x.faults.inject("timeout:3", on="create")
        await desk.sends(WORDS)

        async def tried() -> bool:
            return await count(database_url, SENDING) == 1

        await until_told(tried)
        going = heard(await desk.anna.types(f"/case resolve {desk.number}"))
        assert "is going out just now" in going
        assert "waits for someone again" in heard(
            await desk.anna.types(f"/case release {desk.number}")
        )
        await desk.told("stands there now")
        await desk.one_stands(WORDS)
        assert not _told(desk, "did not go out")
        assert await rows(database_url, "SELECT state FROM replies") == [("sent",)]


def _told(desk: Desk, words: str) -> bool:
    return any(words in message.words for message in desk.anna.messages("@usher"))


async def test_a_no_of_the_network_to_a_second_try_is_no_word_about_the_first(
    tmp_path: Path, database_url: str
) -> None:
    clock = Wandering()
    async with answering(tmp_path, database_url, "socket", clock=clock) as desk:
        x = desk.house.sandbox.x
        (post,) = x.timeline()
        x.faults.inject("503", on="create")
        await desk.sends(WORDS)
        await x.deletes(post)
        await until(lambda: any(call.status == 403 for call in x.calls))
        clock.off += timedelta(minutes=11)
        assert WORDS in (await desk.told("may or may not have gone out")).words
        assert not _told(desk, "did not go out")
