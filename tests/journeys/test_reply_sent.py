"""An answer that Usher sends: what was shown is what stands there, once, and the card says so."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.driver import Errors, Heard, View
from bot.slack.faces import FACES
from tests.journeys.answering import PRIVACY, Desk, answering
from tests.running import Mode, Running, case_number, heard
from tests.trusting import trusted

WORDS = "We are on it & write again today."
SIGNED = f"{WORDS} – Anna, works at Acme"


@pytest.fixture
async def desk(tmp_path: Path, database_url: str, mode: Mode) -> AsyncIterator[Desk]:
    async with answering(tmp_path, database_url, mode) as made:
        yield made


@pytest.mark.main_journey
async def test_what_was_shown_is_what_stands_on_the_network(desk: Desk) -> None:
    claimed = await desk.anna.sees(f"Case {desk.number} is yours.")
    assert "your answer with your disclosure, shown to you before it goes out" in claimed.words
    shown = await desk.sees_before(WORDS)
    assert SIGNED in shown.words
    assert f"{len(SIGNED)} of 280" in shown.words
    assert "@jane" in shown.words
    assert desk.ours() == []
    done = await desk.anna.submits(shown, {})
    assert isinstance(done, View)
    assert "on its way" in done.words
    await desk.one_stands(WORDS)
    assert desk.ours()[0] == f"@jane {SIGNED}"
    assert "Anna" in (await desk.card_says("Answered by")).words
    assert FACES["answered"].next_step in (await desk.card_says("· answered")).words
    x = desk.house.sandbox.x
    await x.posts("jane", "@acme and my refund?", in_reply_to=x.timeline()[-1].id)
    await desk.card_says("and my refund?")
    assert FACES["in hand"].next_step in (await desk.card_says("· in hand")).words
    await desk.told("stands there now")
    # What stood below the page is done with.
    await desk.anna.closes(done)
    assert desk.anna.view is None


async def test_words_behind_the_command_are_shown_before_they_go(desk: Desk) -> None:
    shown = await desk.anna.types(f"/reply {desk.number} {WORDS}")
    assert isinstance(shown, View)
    assert SIGNED in shown.words
    await desk.anna.submits(shown, {})
    await desk.one_stands(WORDS)


async def test_changing_goes_back_to_the_words(desk: Desk) -> None:
    shown = await desk.sees_before(WORDS)
    await desk.anna.closes(shown)
    form = desk.anna.view
    assert form is not None
    again = await desk.anna.submits(form, {"Your answer": "Other words."})
    assert isinstance(again, View)
    assert "Other words." in again.words
    assert desk.ours() == []


async def test_a_direct_answer_carries_the_privacy_page(desk: Desk) -> None:
    shown = await desk.sees_before(WORDS, How="In a direct message")
    assert PRIVACY in shown.words
    await desk.anna.submits(shown, {})
    await desk.card_says("Answered directly")
    (message,) = desk.house.sandbox.x.writing.messages
    assert message.text == f"{SIGNED}\nPrivacy: {PRIVACY}"
    assert desk.ours() == []


async def test_who_sends_it_by_hand_gets_it_to_copy(desk: Desk) -> None:
    shown = await desk.sees_before(WORDS, How="I send it myself")
    assert "Ready to copy" in shown.words
    assert desk.ours() == []


async def test_who_did_not_summon_us_is_answered_by_hand(desk: Desk) -> None:
    ben = await desk.house.enrolled("ben")
    opened = heard(await ben.types("/case new @mia She waits for her refund."))
    number = int("".join(letter for letter in opened if letter.isdigit())[:1])
    await ben.types(f"/claim {number}")
    answer = await ben.types(f"/reply {number} {WORDS}")
    assert "Ready to copy" in heard(answer)
    assert "Open on X" in heard(answer)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("x" * 270, "280"),
        ("Your friend is jane.doe@example.com.", "nothing went out"),
        ("Is 4111 1111 1111 1111 your card?", "card"),
    ],
)
async def test_what_may_not_go_keeps_the_typed_words(desk: Desk, words: str, why: str) -> None:
    form = await desk.anna.types(f"/reply {desk.number}")
    assert isinstance(form, View)
    wrong = await desk.anna.submits(form, {"Your answer": words})
    assert isinstance(wrong, Errors), wrong
    assert why in " ".join(wrong.values())
    assert desk.anna.view is not None
    assert desk.ours() == []


async def test_the_same_words_do_not_go_twice(desk: Desk) -> None:
    await desk.sends(WORDS)
    await desk.one_stands(WORDS)
    await desk.card_says("Answered by")
    again = await desk.sends(WORDS)
    assert "already" in again.words
    await desk.sends("Something new.")
    await desk.card_says("Answered:")
    assert len(desk.ours()) == 2


async def test_nothing_is_filled_in_but_the_name(desk: Desk) -> None:
    """Words are words: no template, no pattern, no markup is ever read in them."""
    words = "{name} {{ 7*7 }} {% raw %} %(name)s ${name} <@U0BEN>"
    await desk.sends(words)
    await desk.one_stands("{{ 7*7 }}")
    assert desk.ours()[0].startswith(f"@jane {words} – Anna")


async def test_without_keys_the_answer_is_there_to_copy(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, number = await house.enrolled("anna"), case_number(card)
    await anna.types(f"/claim {number}")
    await trusted(house, "anna")
    answer = await anna.types(f"/reply {number} {WORDS}")
    assert isinstance(answer, Heard)
    assert "Ready to copy" in answer.words
