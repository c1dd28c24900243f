"""Story 13: from a message, or from anywhere, a case is opened, added to, or its card blanked."""

import pytest

from bot.sandbox.driver import Heard, Message, View
from tests.faults.databases import count, rows
from tests.faults.flood import known
from tests.running import Running, case_number, heard

CHANNEL = "#care-billing"
ADDED, HANDLE, ABOUT = "What is added", "Who is it?", "What is it about?"


async def a_card(house: Running) -> Message:
    """Posted, and known to be posted: a moment lies between the two."""
    said = "refund for jane now"
    card = await house.card("jane", f"@acme {said}", channel=CHANNEL, seen=said)
    await known(house, card)
    return card


def filled(form: View, block_id: str) -> str:
    """What stands in an input before anybody types."""
    (block,) = [each for each in form.blocks if each.get("block_id") == block_id]
    element = block["element"]
    chosen = element.get("initial_option") or {}
    return str(chosen.get("value") or element.get("initial_value") or "")


@pytest.mark.main_journey
async def test_bring_in_a_customer_from_anywhere(house: Running) -> None:
    anna = await house.enrolled("anna")
    form = await anna.uses("Bring in a customer")
    assert isinstance(form, View)
    after = await anna.submits(form, {HANDLE: "@jane", ABOUT: "Her invoice is wrong."})
    assert isinstance(after, View)
    assert "is open and yours" in after.words


@pytest.mark.main_journey
async def test_a_message_is_added_to_one_of_my_cases(house: Running, database_url: str) -> None:
    card, anna = await a_card(house), await house.enrolled("anna")
    number = case_number(card)
    await anna.types(f"/claim {number}")
    said = await house.person("ben").says(
        "@anna jane called again, jane@example.com", channel=CHANNEL
    )
    form = await anna.uses("Add to a case", on=said)
    assert isinstance(form, View)
    assert "@Anna Berg jane called again" in filled(form, "words")
    assert "jane@example.com" not in filled(form, "words")
    option = next(each for each in options(form) if each.startswith(f"{number} ·"))
    assert isinstance(await anna.submits(form, {"To which case?": option}), View)
    await anna.sees("jane called again", channel=CHANNEL, timeout=10)
    ((facts,),) = await rows(
        database_url, "SELECT body FROM audit_events WHERE action = 'case.added'"
    )
    assert f"/archives/C0BILLING/p{said.ts.replace('.', '')}" in bytes(facts).decode()


def options(form: View) -> list[str]:
    block = next(each for each in form.blocks if each.get("block_id") == "case")
    return [each["text"]["text"] for each in block["element"]["options"]]


async def test_in_a_cards_thread_its_case_is_chosen_already(house: Running) -> None:
    card, ben = await a_card(house), house.person("ben")
    said = await house.person("cora").says("They paid already.", channel=CHANNEL, thread=card)
    form = await ben.uses("Add to a case", on=said)
    assert isinstance(form, View)
    assert filled(form, "case") == str(case_number(card))
    assert isinstance(await ben.submits(form, {}), View)
    await ben.sees("They paid already.", channel=CHANNEL, timeout=10)


async def test_a_case_of_nobodys_is_named_by_its_number(house: Running, database_url: str) -> None:
    card, ben = await a_card(house), house.person("ben")
    said = await house.person("cora").says("They paid already.", channel=CHANNEL)
    form = await ben.uses("Add to a case", on=said)
    assert isinstance(form, View)
    for wrong in ("", "forty", "9999", "4 5"):
        errors = await ben.submits(form, {"To which case?": wrong, ADDED: "They paid."})
        assert isinstance(errors, dict), wrong
        assert list(errors) == ["number"], wrong
    assert await count(database_url, "notes") == 0
    number = str(case_number(card))
    assert isinstance(await ben.submits(form, {"To which case?": number}), View)
    assert await count(database_url, "notes") == 1


@pytest.mark.main_journey
async def test_a_case_is_opened_with_the_words_of_a_message(
    house: Running, database_url: str
) -> None:
    anna = await house.enrolled("anna")
    said = await house.person("ben").says("Somebody mailed me about a refund.", channel=CHANNEL)
    form = await anna.uses("Open a case", on=said)
    assert isinstance(form, View)
    assert filled(form, "summary") == "Somebody mailed me about a refund."
    after = await anna.submits(form, {HANDLE: "@jane"})
    assert isinstance(after, View)
    assert "is open and yours" in after.words
    ((facts,),) = await rows(
        database_url, "SELECT body FROM audit_events WHERE action = 'case.brought_in'"
    )
    assert f"p{said.ts.replace('.', '')}" in bytes(facts).decode()


async def test_what_was_forwarded_comes_along(house: Running) -> None:
    anna, shared = await house.enrolled("anna"), "The customer says their router is dead."
    forwarded = {"is_share": True, "author_name": "Ben", "text": shared, "fallback": "x"}
    shown = {"text": "A page of the web", "fallback": "x"}
    post = house.sandbox.workspace.messages.post
    alone = post("C0GENERAL", user="U0ANNA", text="", attachments=[forwarded, shown])
    form = await anna.uses("Open a case", on=alone)
    assert isinstance(form, View)
    assert filled(form, "summary") == shared
    with_words = post("C0GENERAL", user="U0ANNA", text="Look:", attachments=[forwarded])
    form = await anna.uses("Open a case", on=with_words)
    assert isinstance(form, View)
    assert filled(form, "summary") == f"Look:\n{shared}"


async def test_a_card_of_ours_is_neither_added_nor_opened(
    house: Running, database_url: str
) -> None:
    card, ben = await a_card(house), house.person("ben")
    for name in ("Add to a case", "Open a case"):
        await ben.uses(name, on=card)
        await ben.sees("That is my own message", channel=CHANNEL, timeout=10)
    assert await count(database_url, "audit_events WHERE action = 'case.new_asked'") == 0


async def test_a_guest_and_an_outsider_open_no_form(house: Running, database_url: str) -> None:
    said = await house.person("ben").says("They paid already.", channel=CHANNEL)
    gus = house.person("gus")
    await gus.uses("Add to a case", on=said)
    await gus.sees("you are here as a guest", channel=CHANNEL, timeout=10)
    assert gus.view is None


async def test_a_guest_hears_that_they_may_not_before_what_the_message_is(house: Running) -> None:
    card, gus = await a_card(house), house.person("gus")
    for name in ("Add to a case", "Open a case", "Blank this card"):
        assert isinstance(await gus.uses(name, on=card), Heard | None)
        told = await gus.sees("you are here as a guest", channel=CHANNEL, timeout=10)
        assert told.ephemeral
        await gus.sees_not("That is my own message", channel=CHANNEL, within=0.1)


@pytest.mark.main_journey
async def test_a_coordinator_blanks_a_card_and_it_stays_blank(
    house: Running, database_url: str
) -> None:
    card, ben, cora = await a_card(house), house.person("ben"), house.person("cora")
    await ben.uses("Blank this card", on=card)
    await ben.sees("This is for coordinators", channel=CHANNEL, timeout=10)
    sure = await cora.uses("Blank this card", on=card)
    assert isinstance(sure, View)
    assert "nobody can bring them back" in sure.words
    await cora.closes(sure)
    assert await count(database_url, "audit_events WHERE action = 'card.blanked'") == 0
    sure = await cora.uses("Blank this card", on=card)
    assert isinstance(sure, View)
    done = await cora.submits(sure, {})
    assert "is blank now" in getattr(done, "words", "")
    blank = await cora.sees("Blanked by Cora Lind", channel=CHANNEL, timeout=10)
    assert blank.ts == card.ts
    assert "refund for jane" not in blank.words
    number = case_number(card)
    assert "refund for jane" in heard(await ben.types(f"/case {number}"))
    anna = await house.enrolled("anna")
    assert "is yours" in heard(await anna.types(f"/claim {number}"))
    await ben.types(f"/case note {number} it goes on")
    still = await ben.sees("Blanked by Cora Lind", channel=CHANNEL, timeout=10)
    assert "refund for jane" not in still.words
    assert "it goes on" not in still.words
    assert await count(database_url, "audit_events WHERE action = 'card.blanked'") == 1


async def test_what_is_no_card_is_not_blanked(house: Running, database_url: str) -> None:
    ben, cora = house.person("ben"), house.person("cora")
    said = await ben.says("Nothing of a case.", channel=CHANNEL)
    await cora.uses("Blank this card", on=said)
    told = await cora.sees("That is no card of mine", channel=CHANNEL, timeout=10)
    assert told.ephemeral
    still = await ben.sees("Nothing of a case.", channel=CHANNEL)
    assert still.ts == said.ts
    assert await count(database_url, "audit_events WHERE action = 'card.blanked'") == 0
    assert await count(database_url, "audit_events WHERE rule = 'no-card'") == 1
