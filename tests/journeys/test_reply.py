"""A reply: one and the same text counted, copied and linked, by somebody who read the guidebook."""

from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from bot.sandbox.driver import Heard, View
from tests.running import Running, case_number, heard
from tests.trusting import trusted


def urls(block: Any) -> list[str]:
    if isinstance(block, dict):
        own = [block["url"]] if isinstance(block.get("url"), str) else []
        return own + [url for part in block.values() for url in urls(part)]
    if isinstance(block, list | tuple):
        return [url for part in block for url in urls(part)]
    return []


@pytest.mark.main_journey
async def test_what_is_counted_copied_and_linked_is_one_text(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, number = await house.enrolled("anna"), case_number(card)
    await anna.types(f"/claim {number}")
    await trusted(house, "anna")
    answer = await anna.types(f"/reply {number} We wrote to jane.doe@example.com today.")
    assert isinstance(answer, Heard)
    (link,) = [url for url in urls(answer.blocks) if "intent" in url]
    (linked,) = parse_qs(urlparse(link).query)["text"]
    assert "jane.doe@example.com" not in linked
    assert linked in answer.words
    # X counts each bullet of a mask as two.
    assert f"{len(linked) + linked.count('•')} of 280" in answer.words


async def test_a_case_passed_to_somebody_new_still_asks_for_the_guidebook(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, ben, number = await house.enrolled("anna"), house.person("ben"), case_number(card)
    await anna.types(f"/claim {number}")
    await anna.types(f"/case pass {number} @ben")
    for command in (f"/handoff {number} sales An offer.", "/lookup @jane"):
        asked = await ben.types(command)
        assert isinstance(asked, View), command
        assert "guidebook" in asked.words.casefold()
        await ben.closes(asked)
    guidebook = await ben.types(f"/reply {number} Hi.")
    assert isinstance(guidebook, View)
    assert "also claims" not in guidebook.words
    await ben.sees("Use `/case release` with its number.")
    after = await ben.submits(guidebook, {})
    assert isinstance(after, View)
    assert f"Case {number} is yours: please do that again now with these words." in after.words
    assert "Hi." in after.words
    assert "waits, word for word" in heard(await ben.types(f"/reply {number} Hi."))


async def test_somebody_new_may_be_rid_of_a_case_without_the_guidebook(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, ben, number = await house.enrolled("anna"), house.person("ben"), case_number(card)
    await anna.types(f"/claim {number}")
    await anna.types(f"/case pass {number} @ben")
    assert "waits for someone again" in heard(await ben.types(f"/case release {number}"))
