"""An answer that has not gone out can be taken back, and never goes out behind anybody's back."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.driver import Message
from tests.faults.waiting import until
from tests.journeys.answering import Desk, answering
from tests.journeys.approving import approves, card, recorded, says_no, says_yes
from tests.running import Mode, Wandering, heard

WORDS = "We are on it."
SIGNED = f"{WORDS} – Anna, works at Acme"


def now(desk: Desk, card_then: Message, *, channel: str = "@usher") -> Message:
    seen = desk.house.person("cora").messages(channel)
    return next(each for each in seen if each.ts == card_then.ts)


async def presses(desk: Desk, card_then: Message) -> str:
    """Approve, on the card as it was: hers shows no other yet."""
    messages = desk.house.sandbox.workspace.messages
    blocks = list(card_then.blocks)
    late = messages.post(card_then.channel, user="U0USHER", text="x", blocks=blocks)
    return await approves(desk.house, "cora", late)


async def test_undo_takes_back_what_waits_for_a_yes_and_leaves_the_case(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        assert "/case undo" in (await desk.sends(WORDS)).words
        asks = await card(desk.house, "cora", words=SIGNED)
        said = heard(await desk.anna.types("/case undo"))
        assert "does not go out" in said
        assert SIGNED in said
        await until(lambda: not now(desk, asks).buttons)
        assert "changed since" in now(desk, asks).words
        assert str(desk.number) in heard(await desk.anna.types("/case mine"))
        assert "changed since" in await presses(desk, asks)
        await recorded(database_url, "approval.approved", 0)
        await recorded(database_url, "reply.approved", 0)
        assert "undone already" in heard(await desk.anna.types("/case undo"))
        assert desk.ours() == []


async def test_what_was_approved_and_waits_for_a_hold_is_taken_back_too(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        cora, mina = desk.house.person("cora"), desk.house.person("mina")
        await desk.sends(WORDS)
        await mina.types("/usher hold billing We do not know yet.")
        await recorded(database_url, "hold.set", 1)
        assert "goes out after that" in await says_yes(desk.house, "cora", words=SIGNED)
        await desk.told("waits:")
        refused = heard(await desk.anna.types(f"/case resolve {desk.number}"))
        assert "has not gone out yet" in refused
        assert SIGNED in heard(await desk.anna.types("/case undo"))
        await mina.types("/usher lift billing")
        await recorded(database_url, "hold.lifted", 1)
        assert "resolved" in heard(await desk.anna.types(f"/case resolve {desk.number}"))
        await recorded(database_url, "reply.sending", 0)
        assert desk.ours() == []
        assert cora.messages("@usher")


async def test_what_stands_there_is_not_undone_and_the_case_stays_whose_it_is(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        await desk.sends(WORDS)
        await desk.one_stands(WORDS)
        await desk.card_says("Answered by")
        assert "I cannot take back" in heard(await desk.anna.types("/case undo"))
        assert str(desk.number) in heard(await desk.anna.types("/case mine"))


@pytest.mark.parametrize("how", ["released", "passed on", "away"])
async def test_an_answer_does_not_outlive_its_holder(
    tmp_path: Path, database_url: str, mode: Mode, how: str
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        asks = await card(desk.house, "cora", words=SIGNED)
        refused = heard(await desk.anna.types(f"/case resolve {desk.number}"))
        assert "An answer waits for a yes" in refused
        typed = {
            "released": f"/case release {desk.number}",
            "passed on": f"/case pass {desk.number} @ben",
            "away": "/usher away",
        }
        await desk.anna.types(typed[how])
        told = await desk.told("did not go out")
        assert SIGNED in told.words
        await until(lambda: not now(desk, asks).buttons)
        if how == "released":
            await desk.anna.types(f"/claim {desk.number}")
            assert "changed since" in await presses(desk, asks)
        await recorded(database_url, "approval.voided", 1)
        await recorded(database_url, "approval.approved", 0)
        assert desk.ours() == []


async def test_a_yes_is_for_what_the_customer_wrote_last(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        x = desk.house.sandbox.x
        await desk.sends(WORDS)
        former = await card(desk.house, "cora", words=SIGNED)
        assert "They wrote" in former.words
        await x.posts("jane", "@acme never mind, solved!", in_reply_to=x.timeline()[0].id)
        await until(lambda: "The customer wrote again" in now(desk, former).words)
        newer = now(desk, former)
        assert "never mind, solved!" in newer.words
        assert "look again" in await presses(desk, former)
        await recorded(database_url, "approval.approved", 0)
        assert desk.ours() == []
        await approves(desk.house, "cora", newer)
        await desk.one_stands(WORDS)


async def test_who_hears_no_has_the_words_again_to_change_them(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        await says_no(desk.house, "cora", "Please say when.", words=SIGNED)
        told = await desk.told("Please say when.")
        assert SIGNED in told.words
        assert f"/reply {desk.number}" in told.words
        form = await desk.anna.types(f"/reply {desk.number}")
        assert WORDS in str(form)
        assert SIGNED not in str(form)


async def test_nobody_answered_in_time_and_the_words_come_back(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    clock = Wandering()
    async with answering(tmp_path, database_url, mode, profile="standard", clock=clock) as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        await card(desk.house, "cora", words=SIGNED)
        clock.off += timedelta(days=7)
        await desk.house.usher.care.settling.look()
        assert SIGNED in (await desk.told("Nobody answered in time")).words


async def test_words_that_a_hold_stops_are_given_back(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        cora = desk.house.person("cora")
        shown = await desk.sees_before(WORDS)
        await cora.types("/usher hold billing We are looking into it.")
        page = await desk.anna.submits(shown, {})
        assert "on hold" in str(page)
        assert SIGNED in str(page)
        said = heard(await desk.anna.types(f"/reply {desk.number} Other words, jane@example.com"))
        assert "Other words" in said
        assert "jane@example.com" not in said
        assert desk.ours() == []
