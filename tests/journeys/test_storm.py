"""Story 3: an outage. The channel reads one rolling card, and nobody who wrote is lost."""

import asyncio

import pytest

from bot.sandbox.driver import View
from tests.faults.databases import count
from tests.journeys.storming import BILLING, OUTAGE, cards, house, outage, passing, told
from tests.running import Running, blanks, case_number, heard

__all__ = ["house", "passing"]


@pytest.mark.main_journey
async def test_very_many_at_once_stand_on_one_rolling_card(house: Running) -> None:
    await house.sandbox.x.posts("jane", "@acme outage! My card is 4111 1111 1111 1111")
    card = await outage(house, 8, seen=9)
    assert "9 wait" in card.words
    assert "number 7" in card.words
    assert card.buttons == ["Take the next one", "Show the list"]
    for number in range(8, 10):
        await house.sandbox.x.posts(f"storm{number}", f"@acme outage number {number}")
    later = await house.person("cora").sees("11 cases", channel=OUTAGE, timeout=10)
    assert later.ts == card.ts
    assert cards(house) == [later]
    assert "1111 1111" not in repr(house.sandbox.workspace.journal)
    status = heard(await house.person("cora").types("/usher status"))
    assert "Storm in #care-outage" in status
    assert "11 cases, 11 wait" in status


async def test_the_list_has_everybody_a_page_at_a_time(house: Running) -> None:
    card = await outage(house, 12)
    ben = house.person("ben")
    first = await told(ben, "Show the list", on=card)
    second = await told(ben, "Show more", on=first)
    for number in range(12):
        assert (f"@storm{number}:" in first.words) != (f"@storm{number}:" in second.words)
    assert "@storm0:" in first.words
    assert "@storm11:" in second.words
    assert second.buttons == ["Take the next one"]


@pytest.mark.main_journey
async def test_two_who_take_the_next_one_at_once_get_two(house: Running) -> None:
    card = await outage(house, 6)
    anna, ben = await house.enrolled("anna"), await house.enrolled("ben")
    said = await asyncio.gather(
        told(anna, "Take the next one", on=card), told(ben, "Take the next one", on=card)
    )
    taken = {case_number(one) for one in said}
    assert len(taken) == 2
    assert all("is yours" in one.words and "outage number" in one.words for one in said)
    cora = house.person("cora")
    for number, name in zip(sorted(taken), ("Anna Berg", "Ben Okafor"), strict=True):
        own = await cora.sees(f"Case {number} ", channel=OUTAGE, timeout=10)
        assert own.ts != card.ts
        assert "Resolve" in own.buttons
        assert await cora.sees(name, channel=OUTAGE, timeout=10)
    rolled = await cora.sees("4 wait", channel=OUTAGE, timeout=10)
    assert rolled.ts == card.ts
    assert "In hand: 2" in rolled.text


async def test_the_first_time_the_guidebook_comes_before_the_next_one(house: Running) -> None:
    card = await outage(house, 4)
    ben = house.person("ben")
    guidebook = await ben.clicks("Take the next one", on=card)
    assert isinstance(guidebook, View)
    await ben.submits(guidebook, {})
    own = await house.person("cora").sees("Ben Okafor", channel=OUTAGE, timeout=10)
    assert "@storm0" in own.words


async def test_the_next_one_is_the_most_urgent_who_waits_longest(house: Running) -> None:
    card = await outage(house, 4)
    anna, ben = await house.enrolled("anna"), await house.enrolled("ben")
    order = [await told(anna, "Take the next one", on=card) for _ in range(3)]
    assert [f"number {place}" in one.words for place, one in enumerate(order)] == [True] * 3
    # One is left, and two press before the card can say so.
    last = await asyncio.gather(
        told(anna, "Take the next one", on=card), told(ben, "Take the next one", on=card)
    )
    said = sorted(("Nobody of this storm waits any more" in one.words) for one in last)
    assert said == [False, True]
    assert any("number 3" in one.words for one in last)
    rolled = await house.person("cora").sees("nobody waits", channel=OUTAGE, timeout=10)
    assert rolled.buttons == []


async def test_words_taken_off_the_channel_do_not_come_back_with_the_storm(house: Running) -> None:
    card = await outage(house, 4)
    anna, cora = await house.enrolled("anna"), house.person("cora")
    taken = case_number(await told(anna, "Take the next one", on=card))
    own = await cora.sees("Held by Anna Berg", channel=OUTAGE, timeout=10)
    assert "outage number 0" in own.words
    await blanks(cora, own)
    await cora.sees("Blanked by Cora Lind", channel=OUTAGE, timeout=10)
    await anna.types(f"/case release {taken}")
    rolled = await cora.sees("4 wait", channel=OUTAGE, timeout=10)
    assert "outage number 1" in rolled.words
    assert "outage number 0" not in rolled.words


async def test_later_words_of_a_customer_stay_with_their_case(
    house: Running, database_url: str
) -> None:
    first = await house.sandbox.x.posts("jane", "@acme there is an outage here")
    card = await outage(house, 5, seen=6)
    await house.sandbox.x.posts("jane", "@acme still down, really", in_reply_to=first.id)
    cora = house.person("cora")
    rolled = await cora.sees("still down, really", channel=OUTAGE, timeout=10)
    assert rolled.ts == card.ts
    assert "6 cases" in rolled.words
    anna = await house.enrolled("anna")
    await anna.clicks("Take the next one", on=card)
    own = await cora.sees("Anna Berg", channel=OUTAGE, timeout=10)
    assert "still down, really" in own.words
    assert "there is an outage here" in own.words
    await house.sandbox.x.posts("jane", "@acme thank you!", in_reply_to=first.id)
    answered = await cora.sees("thank you!", channel=OUTAGE, timeout=10)
    assert case_number(answered) == case_number(own)
    assert await count(database_url, "cases") == 6


async def test_a_note_on_one_of_them_posts_no_card(house: Running) -> None:
    card = await outage(house, 4)
    ben, cora = house.person("ben"), house.person("cora")
    await ben.types("/case note 2 she called us as well")
    await cora.sees_not("called us", channel=OUTAGE, within=1.5)
    assert [one.ts for one in cards(house)] == [card.ts]
    anna = await house.enrolled("anna")
    await anna.types("/claim 2")
    own = await cora.sees("called us", channel=OUTAGE, timeout=10)
    assert "Anna Berg" in own.words


async def test_who_gives_one_back_gives_it_to_the_list(house: Running) -> None:
    card = await outage(house, 4)
    anna, cora = await house.enrolled("anna"), house.person("cora")
    await anna.clicks("Take the next one", on=card)
    await cora.sees("3 wait", channel=OUTAGE, timeout=10)
    await anna.types("/case undo")
    await cora.sees("4 wait", channel=OUTAGE, timeout=10)
    assert "@storm0:" in (await told(anna, "Show the list", on=card)).words


async def test_a_channel_without_a_storm_is_untouched(house: Running) -> None:
    await outage(house, 6)
    card = await house.card("jane", "@acme my refund is late", channel=BILLING, seen="refund is")
    assert "Claim" in card.buttons
    assert len(cards(house, BILLING)) == 1
    assert len(cards(house)) == 1


@pytest.mark.main_journey
async def test_when_it_is_over_everybody_is_still_on_the_list(
    passing: Running, database_url: str
) -> None:
    card = await outage(passing, 5)
    cora = passing.person("cora")
    over = await cora.sees("The storm is over", channel=OUTAGE, timeout=10)
    assert over.ts == card.ts
    assert "5 wait" in over.words
    listed = await told(cora, "Show the list", on=over)
    assert all(f"@storm{number}:" in listed.words for number in range(5))
    # A single one has a card again: what opens a storm is far above what ends one.
    own = await passing.card("jane", "@acme outage here too", channel=OUTAGE, seen="here too")
    assert "Claim" in own.buttons
    anna = await passing.enrolled("anna")
    assert "number 0" in (await told(anna, "Take the next one", on=over)).words
    await cora.sees("over · 5 cases · 4 wait", channel=OUTAGE, timeout=10)
    assert await count(database_url, "storms") == 1
    digest = heard(await cora.types("/digest today"))
    assert "A storm in #care-outage: 5 cases, and 4 of them wait now." in digest


async def test_it_does_not_flap(house: Running, database_url: str) -> None:
    card = await outage(house, 5)
    for number in range(3):
        await house.sandbox.x.posts(f"late{number}", f"@acme outage again {number}")
        await house.usher.care.storms.calm()
        await house.person("cora").sees(f"{6 + number} cases", channel=OUTAGE, timeout=10)
    assert [one.ts for one in cards(house)] == [card.ts]
    assert await count(database_url, "storms") == 1
