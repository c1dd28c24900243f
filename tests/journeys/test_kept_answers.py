"""Answers kept for others: nobody is named in them, and they are found, used and seen again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.driver import Errors, Heard, Message, Person, View
from tests import hostile
from tests.faults.databases import count, rows
from tests.faults.waiting import until
from tests.journeys.answering import Desk, answering
from tests.journeys.approving import recorded
from tests.journeys.judged import is_a_sentence, judged
from tests.journeys.reusing import (
    KEEP,
    WORDS,
    anna_keeps,
    another,
    field,
    forgets,
    form_of,
    found,
    kept,
    presses,
)
from tests.running import Mode, heard


@pytest.fixture
async def desk(tmp_path: Path, database_url: str, mode: Mode) -> AsyncIterator[Desk]:
    """Anna may keep answers, and hears of her own that it went."""
    async with answering(tmp_path, database_url, mode, change=anna_keeps) as made:
        await made.house.usher.care.roles.look()
        yield made


@pytest.mark.main_journey
async def test_what_went_is_kept_found_and_fills_the_next_answer(
    desk: Desk, database_url: str
) -> None:
    form = await form_of(desk)
    assert field(form, "words") == "Hi {handle}, we are on it & write again today."
    assert field(form, "topic") == "billing"
    done = await desk.anna.submits(form, {"title": "On it"})
    assert isinstance(done, View)
    assert "Kept as “On it”" in done.words

    ben, number = await another(desk)
    shown = await found(ben, number, "ON write")
    assert "On it · billing · used 0 times, helped 0" in shown.words
    assert shown.buttons == ["Use"]
    filled = await ben.clicks("Use", on=shown)
    assert isinstance(filled, View)
    assert field(filled, "words") == "Hi @mia, we are on it & write again today."
    assert len(desk.ours()) == 1
    preview = await ben.submits(filled, {"words": "Hi @mia, tomorrow at the latest."})
    assert isinstance(preview, View)
    assert "– Ben, works at Acme" in preview.words
    assert "used 0 times" in (await found(ben, number)).words
    await ben.submits(preview, {})
    await until(lambda: len(desk.ours()) == 2)
    await recorded(database_url, "answer.used", 1)
    assert "used 1 time, helped 0" in (await found(ben, number)).words
    assert await count(database_url, "audit_events WHERE action = 'answer.kept'") == 1
    ((sealed,),) = await rows(database_url, "SELECT words_sealed FROM kept_answers")
    assert b"write again" not in bytes(sealed)


async def test_the_approver_keeps_it_and_using_it_is_approved_anew(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        cora = desk.house.person("cora")
        card = await cora.sees("we are on it", channel="@usher", timeout=10)
        assert KEEP not in card.buttons
        await cora.clicks("Approve", on=card)
        await until(lambda: KEEP in _now(cora, card).buttons)
        assert KEEP not in (await desk.told("stands there now")).buttons
        form = await cora.clicks(KEEP, on=card)
        assert isinstance(form, View)
        await cora.submits(form, {"title": "On it"})
        ben, number = await another(desk)
        filled = await ben.clicks("Use", on=await found(ben, number))
        assert isinstance(filled, View)
        preview = await ben.submits(filled, {})
        assert isinstance(preview, View)
        waits = await ben.submits(preview, {})
        assert isinstance(waits, View)
        assert "waits for the yes of one other person" in waits.words
        assert len(desk.ours()) == 1
        assert "used 0 times" in (await found(ben, number)).words


def _now(person: Person, message: Message) -> Message:
    return next(each for each in person.messages("@usher") if each.ts == message.ts)


FOR_ONE_ALONE = (
    ("words", "Call me at +49 30 901820 or jane.doe@example.com.", "a telephone number"),
    ("words", "Is 4111 1111 1111 1111 your card?", "card"),
    ("words", "You owe {{ 7*7 }} to {name}.", "Only {handle} is filled in"),
    ("words", "\u200b", "Please leave the words"),
    ("title", "jane.doe@example.com", "e-mail"),
    ("title", "{% if x %}", "Only {handle} is filled in"),
    ("title", " ", "short title"),
)


async def test_what_is_not_for_every_customer_is_refused_and_the_words_stay(
    desk: Desk, database_url: str
) -> None:
    form = await form_of(desk)
    for field_id, words, why in FOR_ONE_ALONE:
        values = {"words": "We are on it.", "title": "On it", field_id: words}
        wrong = await desk.anna.submits(form, values)
        assert isinstance(wrong, Errors), wrong
        assert why in wrong[field_id]
        assert desk.anna.view is not None
    forged = {"text": {"type": "plain_text", "text": "forged"}, "value": "gossip"}
    wrong = await desk.anna.submits(form, {"title": "On it", "topic": forged})
    assert isinstance(wrong, Errors)
    assert "Please choose a topic" in wrong["words"]
    assert await count(database_url, "kept_answers") == 0
    values = {"title": "On it", "words": "Hi @JANE, we are on it.", "topic": "billing"}
    done = await desk.anna.submits(form, values)
    assert isinstance(done, View)
    assert "Hi {handle}, we are on it." in done.words


async def test_forgotten_answers_are_found_and_used_no_more_until_that_is_undone(
    desk: Desk, database_url: str
) -> None:
    await kept(desk)
    ben, number = await another(desk)
    listed = await found(ben, number)
    filled = await ben.clicks("Use", on=listed)
    assert isinstance(filled, View)
    await ben.closes(filled)
    mine = await found(desk.anna, number)
    assert mine.buttons == ["Use", "Forget"]
    gone = await presses(desk.anna, "Forget", on=mine, hears="nobody finds it now")
    await presses(ben, "Use", on=listed, hears="not kept any more")
    assert "No answer is kept yet" in (await found(ben, number)).words
    await presses(desk.anna, "Undo", on=gone, hears="is kept again")
    assert "On it" in (await found(ben, number)).words
    assert await count(database_url, "audit_events WHERE action = 'answer.forgotten'") == 1


async def test_words_withdrawn_while_the_form_stood_open_do_not_go(desk: Desk) -> None:
    await kept(desk)
    ben, number = await another(desk)
    filled = await ben.clicks("Use", on=await found(ben, number))
    assert isinstance(filled, View)
    await forgets(desk)
    wrong = await ben.submits(filled, {"words": "Mine and theirs."})
    assert isinstance(wrong, Errors)
    assert "not kept any more" in wrong["words"]


async def test_who_may_not_keep_is_told_who_may(desk: Desk) -> None:
    ben, number = await another(desk)
    refused = heard(await ben.types(f"/reply keep {number}"))
    assert "Answers are kept by coordinators and approvers." in refused
    why = heard(await ben.types(f"/case why {refused.partition('/case why ')[2].split()[0]}"))
    assert "answers-by-role" in why
    assert "No answer is kept yet" in (await found(ben, number)).words
    assert "No kept answer has these words" in (await found(ben, number, "zebra")).words
    assert "this one has not" in heard(await desk.anna.types(f"/reply keep {number}"))
    assert "no case 999" in heard(await ben.types("/reply find 999 refund"))
    await kept(desk)
    assert "kept already, as “On it”" in heard(await desk.anna.types(f"/reply keep {desk.number}"))
    gus = desk.house.person("gus")
    forged = await gus.types(f"/reply find {number}", channel="#care-billing")
    assert "guest" in heard(forged).casefold()


async def test_words_given_to_copy_count_as_used(desk: Desk, database_url: str) -> None:
    await kept(desk)
    ben, number = await another(desk)
    filled = await ben.clicks("Use", on=await found(ben, number))
    assert isinstance(filled, View)
    copied = await ben.submits(filled, {"How": "I send it myself"})
    assert isinstance(copied, View)
    assert "Ready to copy" in copied.words
    assert "used 1 time, helped 0" in (await found(ben, number)).words
    await recorded(database_url, "answer.used", 1)


@pytest.mark.timeout(180)
async def test_no_text_in_the_form_is_refused_by_slack_raises_or_pings(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(
        tmp_path, database_url, mode, change=anna_keeps, rate_limited=False
    ) as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        await desk.told("stands there now")
        for place, text in enumerate((*hostile.WORST[:6], *hostile.PINGS)):
            for block_id in ("words", "title"):
                form = await desk.anna.types(f"/reply keep {desk.number}")
                if isinstance(form, Heard):
                    await forgets(desk)
                    form = await desk.anna.types(f"/reply keep {desk.number}")
                assert isinstance(form, View), form
                limit = 2000 if block_id == "words" else 200
                values = {"title": f"On it {place}", block_id: text[:limit]}
                assert is_a_sentence(await desk.anna.submits(form, values))
                shown = await desk.anna.types(f"/reply find {desk.number} {text[:500]}")
                assert is_a_sentence(shown)
        judged(desk.house, since=0)
