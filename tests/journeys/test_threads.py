"""Story 14: in the thread of a card people talk; what is said to Usher by name is done, no more."""

import pytest

from bot.sandbox.driver import Message, View
from tests.faults.databases import count
from tests.faults.flood import known
from tests.running import Running, case_number

CHANNEL = "#care-billing"


async def a_card(house: Running) -> Message:
    """Posted, and known to be posted: a moment lies between the two."""
    said = "refund now please"
    card = await house.card("jane", f"@acme {said}", channel=CHANNEL, seen=said)
    await known(house, card)
    return card


@pytest.mark.main_journey
async def test_words_by_name_mean_the_case_of_the_thread(house: Running) -> None:
    card, anna = await a_card(house), await house.enrolled("anna")
    number = case_number(card)

    async def said(words: str, answer: str) -> Message:
        await anna.says(f"@usher {words}", channel=CHANNEL, thread=card)
        heard = await anna.sees(answer, channel=CHANNEL, timeout=10)
        assert heard.ephemeral
        assert heard.thread_ts == card.ts
        # Slack refuses slash commands in threads.
        assert not {"/case", "/usher", "/handoff"} & set(heard.words.split())
        return heard

    await said("claim", f"Case {number} is yours.")
    await said("note 3 of them called today", f"Noted on case {number}. 3 of them")
    await said(f"note {number} and a fourth", f"Noted on case {number}. and a fourth")
    await said("reply 24 hours have passed", "waits, word for word")
    await said("case undo", "24 hours have passed – Anna")
    await said(f"reply find {number} refund", "No kept answer has these words")
    await said("add she paid already", "Added to case")
    await said(f"case {number}", f"Case {number}: Jane")
    await said("resolve", f"Case {number} is resolved.")
    await said("case resolve", "@usher case why D-")


async def test_a_form_is_offered_by_a_button_and_knows_the_case(
    house: Running, database_url: str
) -> None:
    card, anna = await a_card(house), await house.enrolled("anna")
    number = case_number(card)
    await anna.says("@usher claim", channel=CHANNEL, thread=card)
    await anna.sees("is yours", channel=CHANNEL, timeout=10)
    for words, title in (
        ("hand off", f"Hand off case {number}"),
        ("handoff", f"Hand off case {number}"),
        ("note", f"Note on case {number}"),
        ("reply", f"Answer in case {number}"),
        ("add this", "Add to a case"),
    ):
        asked = await anna.says(f"@usher {words}", channel=CHANNEL, thread=card)
        whisper = await newer(house, asked, "Press the button")
        form = await anna.clicks("Open the form", on=whisper)
        assert isinstance(form, View), words
        assert form.title == title
        await anna.closes(form)
    assert await count(database_url, "notes") == 0


async def newer(house: Running, than: Message, words: str) -> Message:
    """A whisper that came after that message."""
    anna = house.person("anna")
    for _ in range(100):
        seen = await anna.sees(words, channel=CHANNEL, timeout=10)
        if seen.ts > than.ts:
            return seen
        await house.sandbox.workspace.bell.until(lambda: None, timeout=0.05)
    raise AssertionError(f"nothing new says {words!r}")


async def test_a_button_somebody_else_got_opens_nothing(house: Running, database_url: str) -> None:
    card = await a_card(house)
    await house.person("ben").says("@usher note", channel=CHANNEL, thread=card)
    whisper = await house.person("ben").sees("Press the button", channel=CHANNEL, timeout=10)
    (row,) = [block for block in whisper.blocks if block["type"] == "actions"]
    button = row["elements"][0]
    workspace = house.sandbox.workspace
    cora = workspace.person("cora")
    payload = workspace.payloads.message_click(
        cora,
        workspace.channel(CHANNEL),
        whisper,
        action={**button, "block_id": row["block_id"]},
        typed=None,
        response_url=workspace.response_urls.new(cora.id, workspace.channel(CHANNEL).id),
    )
    await workspace.deliveries.send("interactive", payload)
    await house.person("cora").sees("I do not know this form", channel=CHANNEL, timeout=10)
    assert house.person("cora").view is None


@pytest.mark.main_journey
async def test_talk_in_a_thread_is_never_recorded_by_itself(
    house: Running, database_url: str
) -> None:
    card, ben = await a_card(house), house.person("ben")
    for said in ("note this down please", "claim it, somebody", "add this", "I hand off to sales"):
        await ben.says(said, channel=CHANNEL, thread=card)
    await ben.says("@cora note that she called", channel=CHANNEL, thread=card)
    # What is said to Usher afterwards was heard after all of it.
    await ben.says("@usher help", channel=CHANNEL, thread=card)
    await ben.sees("Any employee can help", channel=CHANNEL, timeout=10)
    assert await count(database_url, "notes") == 0
    assert await count(database_url, "inbox") == 1
    assert await count(database_url, "audit_events WHERE actor LIKE '%U0BEN'") == 0


async def test_without_a_card_above_it_asks_which_case(house: Running) -> None:
    ben = house.person("ben")
    talk = await ben.says("has anybody seen this?", channel=CHANNEL)
    for thread in (None, talk):
        await ben.says("@usher resolve", channel=CHANNEL, thread=thread)
        told = await ben.sees("I do not know which case you mean", channel=CHANNEL, timeout=10)
        assert told.ephemeral
        assert "such as @usher resolve 42." in told.words


async def test_a_card_number_said_to_usher_is_refused_and_not_kept(
    house: Running, database_url: str
) -> None:
    card, ben = await a_card(house), house.person("ben")
    await ben.says("@usher note 4111 1111 1111 1111", channel=CHANNEL, thread=card)
    await ben.sees("card", channel=CHANNEL, timeout=10)
    await ben.sees("D-", channel=CHANNEL, timeout=10)
    assert await count(database_url, "notes") == 0


async def test_who_left_the_channel_meanwhile_is_answered_directly(house: Running) -> None:
    card = await a_card(house)
    anna = house.person("anna")
    house.sandbox.workspace.faults.inject("chat.postEphemeral", kind="error:user_not_in_channel")
    await anna.says("@usher note she called", channel=CHANNEL, thread=card)
    told = await anna.sees("Noted on case", channel="@usher", timeout=10)
    assert "she called" in told.words
