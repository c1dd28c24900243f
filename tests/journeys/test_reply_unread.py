"""The customer writes while an answer waits: no yes, and no end of a hold, sends it unread."""

from pathlib import Path

from bot.sandbox.driver import Message
from tests.faults.waiting import until
from tests.journeys.answering import Desk, answering
from tests.journeys.approving import approves, card, ours, recorded, says_yes
from tests.running import Mode, Page

WORDS = "We are on it."
SIGNED = f"{WORDS} – Anna, works at Acme"


async def writes(desk: Desk, words: str) -> None:
    x = desk.house.sandbox.x
    await x.posts("jane", f"@acme {words}", in_reply_to=x.timeline()[0].id)
    await desk.card_says(words)


async def test_of_two_yeses_the_older_counts_no_more_once_the_customer_wrote(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    own = ours(tmp_path, ("approval: approver", "two_approvals: approver"))

    def change(page: Page) -> None:
        own(page)
        page["roles"]["approver"] = ["U0CORA", "U0MINA", "U0SAM"]

    async with answering(tmp_path, database_url, mode, change=change) as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        assert "1 of 2" in await says_yes(desk.house, "cora", words=SIGNED)
        await writes(desk, "never mind, solved!")

        def shown(name: str) -> Message:
            seen = desk.house.person(name).messages("@usher")
            return [each for each in seen if "never mind, solved!" in each.words][-1]

        newer = await card(desk.house, "mina", words="never mind, solved!")
        assert "before the customer wrote again" in newer.words
        assert "1 of 2" in await approves(desk.house, "mina", newer)
        assert desk.ours() == []
        await until(lambda: "Mina Sato said yes" in shown("cora").words)
        assert "It goes out now" in await approves(desk.house, "cora", shown("cora"))
        await desk.one_stands(WORDS)
        told = await desk.told("said yes:")
        assert "Mina Sato and Cora Lind" in told.words


async def test_what_the_network_did_not_take_at_once_comes_back_where_they_wrote_since(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        x = desk.house.sandbox.x
        x.faults.inject("429:6", on="create")
        await desk.sends(WORDS)
        await recorded(database_url, "reply.not_taken", 1)
        await writes(desk, "never mind, solved!")
        told = await desk.told("did not go out")
        assert "The customer wrote again while it waited" in told.words
        assert SIGNED in told.words
        await recorded(database_url, "reply.sending", 1)
        assert desk.ours() == []


async def test_what_waited_for_a_hold_comes_back_where_they_wrote_since(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        mina = desk.house.person("mina")
        await desk.sends(WORDS)
        await mina.types("/usher hold billing We do not know yet.")
        await recorded(database_url, "hold.set", 1)
        said = await says_yes(desk.house, "cora", words=SIGNED)
        assert "Should the customer write again before, it goes back to its author" in said
        await desk.told("waits:")
        await writes(desk, "never mind, solved!")
        await mina.types("/usher lift billing")
        told = await desk.told("did not go out")
        assert "The customer wrote again while it waited" in told.words
        assert SIGNED in told.words
        await recorded(database_url, "reply.sending", 0)
        assert desk.ours() == []
        assert WORDS in str(await desk.anna.types(f"/reply {desk.number}"))
