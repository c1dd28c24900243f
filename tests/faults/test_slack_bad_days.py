"""Slack accepts and hangs up, is busy, is down, refuses: each card stands in the end."""

import asyncio
from pathlib import Path

from bot.care.deliveries import Pace
from bot.sandbox.driver import Message, View
from tests.faults.databases import count
from tests.faults.waiting import until, until_told
from tests.running import Mode, Running, case_number, heard, running
from tests.unlisted import unlisted

CHANNEL = "#care-billing"


def cards(house: Running) -> list[Message]:
    return [one for one in house.person("cora").messages(CHANNEL) if "Case" in one.words]


async def both_cards(house: Running) -> list[Message]:
    """Slack took the first, its receipt was lost: so there is a second one of the same case."""
    house.sandbox.workspace.faults.inject("chat.postMessage", kind="hang_up")
    first = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    both = await house.sandbox.workspace.bell.until(
        lambda: cards(house) if len(cards(house)) == 2 else None, timeout=10
    )
    assert both, "the lost receipt was never made good"
    assert {case_number(one) for one in both} == {case_number(first)}
    return both


def now_at(house: Running, card: Message) -> Message:
    return next(one for one in house.person("cora").messages(CHANNEL) if one.ts == card.ts)


async def test_a_card_whose_receipt_was_lost_works_and_then_says_that_it_moved(
    house: Running, database_url: str
) -> None:
    orphan, live = await both_cards(house)
    anna = await house.enrolled("anna")
    await anna.clicks("Claim", on=orphan)
    await anna.sees("is yours", channel=CHANNEL)
    await until(lambda: "This card moved" in now_at(house, orphan).words)
    await until(lambda: "Anna Berg" in now_at(house, live).words)
    assert not now_at(house, orphan).buttons
    assert now_at(house, live).buttons
    assert await count(database_url, "cases") == 1
    assert await count(database_url, "audit_events WHERE action = 'case.claimed'") == 1
    assert await count(database_url, "audit_events WHERE action = 'card.moved'") == 1


async def test_whoever_is_refused_on_an_orphan_has_told_us_where_it_stands_too(
    house: Running,
) -> None:
    orphan, live = await both_cards(house)
    anna, ben = await house.enrolled("anna"), await house.enrolled("ben")
    await anna.clicks("Claim", on=live)
    await anna.sees("is yours", channel=CHANNEL)
    assert "Claim" in now_at(house, orphan).buttons
    await ben.clicks("Claim", on=orphan)
    await ben.sees("Anna Berg", channel=CHANNEL)
    await until(lambda: "This card moved" in now_at(house, orphan).words)


async def test_a_card_pressed_before_we_know_where_it_stands_is_the_one(
    tmp_path: Path, database_url: str
) -> None:
    """The receipt is lost and the next try is far away: the press itself tells the place."""
    async with running(tmp_path, database_url, pace=Pace(first_wait=60)) as house:
        house.sandbox.workspace.faults.inject("chat.postMessage", kind="hang_up")
        card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
        anna = await house.enrolled("anna")
        await anna.clicks("Claim", on=card)
        await anna.sees("is yours", channel=CHANNEL)
        await until(lambda: "Anna Berg" in now_at(house, card).words)
        assert len(cards(house)) == 1
        assert await count(database_url, "cards") == 1
        assert await count(database_url, "audit_events WHERE action = 'card.adopted'") == 1


async def test_busy_down_and_refusing_end_in_one_true_card(house: Running) -> None:
    faults = house.sandbox.workspace.faults
    for kind in ("503", "429:1"):
        faults.inject("chat.postMessage", kind=kind)
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    for kind in ("503", "error:internal_error"):
        faults.inject("chat.update", kind=kind)
    ben = house.person("ben")
    await ben.types(f"/case note {case_number(card)} they wrote last week")
    await ben.sees("they wrote last week", channel=CHANNEL, timeout=20)
    assert len(cards(house)) == 1


async def test_a_card_that_had_no_channel_comes_once_the_channel_is_mended(house: Running) -> None:
    faults = house.sandbox.workspace.faults
    faults.inject("chat.postMessage", kind="error:is_archived", times=2)
    await house.sandbox.x.posts("jane", "@acme refund now")
    cora = house.person("cora")

    async def stuck() -> bool:
        return "looks: 1" in heard(await cora.types("/usher status"))

    async def free() -> bool:
        return "looks: 0" in heard(await cora.types("/usher status"))

    for _ in "ab":
        await until_told(stuck)
        await house.usher.care.deliveries.revive()
    await cora.sees("refund now", channel=CHANNEL, timeout=10)
    await until_told(free)
    assert len(cards(house)) == 1


async def test_nobody_is_let_in_while_slack_does_not_say_who_it_is(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with running(tmp_path, database_url, mode=mode, before=unlisted) as house:
        await _not_let_in(house, database_url)


async def _not_let_in(house: Running, database_url: str) -> None:
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    for kind in ("503", "error:internal_error", "429:4"):
        house.sandbox.workspace.faults.inject("users.info", kind=kind)
        said = heard(await house.person("anna").types(f"/claim {case_number(card)}"))
        assert "is yours" not in said
        assert "went wrong" not in said
        assert "D-" in said
    asked = len(house.sandbox.workspace.journal.calls("users.info"))
    assert "D-" in heard(await house.person("anna").types(f"/claim {case_number(card)}"))
    assert len(house.sandbox.workspace.journal.calls("users.info")) == asked
    await asyncio.sleep(4)
    anna = await house.enrolled("anna")
    assert "is yours" in heard(await anna.types(f"/claim {case_number(card)}"))
    assert await count(database_url, "audit_events WHERE action = 'case.claimed'") == 1


async def test_a_form_that_slack_does_not_open_is_said_and_comes_on_the_next_try(
    house: Running,
) -> None:
    house.sandbox.workspace.faults.inject("views.open", kind="503")
    anna = house.person("anna")
    said = heard(await anna.types("/usher enroll"))
    assert "Open it with /usher enroll" in said
    assert isinstance(await anna.types("/usher enroll"), View)


async def test_sockets_cut_in_the_middle_of_the_day_come_back(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    anna = await house.enrolled("anna")
    await house.sandbox.drop_sockets()
    await house.sandbox.x.posts("tom", "@acme my invoice is wrong")
    await house.sandbox.connected(timeout=15)
    assert "is yours" in heard(await anna.types(f"/claim {case_number(card)}"))
    await anna.sees("my invoice is wrong", channel=CHANNEL, timeout=10)


async def test_an_answer_waits_a_short_while_when_slack_says_so(house: Running) -> None:
    anna = await house.enrolled("anna")
    house.sandbox.workspace.faults.inject("chat.postEphemeral", kind="429:1")
    await anna.says("@usher help", channel=CHANNEL)
    assert (await anna.sees("@usher claim", channel=CHANNEL, timeout=5)).ephemeral
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    house.sandbox.workspace.faults.inject("response_url", kind="429:1")
    await anna.clicks("Claim", on=card)
    told = await anna.sees("is yours", channel=CHANNEL, timeout=5)
    assert told.ephemeral


async def test_an_answer_that_may_not_come_for_long_comes_another_way(house: Running) -> None:
    anna = await house.enrolled("anna")
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    house.sandbox.workspace.faults.inject("response_url", kind="429:60")
    await anna.clicks("Claim", on=card)
    await anna.sees("is yours", channel="@usher", timeout=5)
    assert len(house.sandbox.workspace.journal.calls("response_url")) == 1


async def test_a_card_that_was_deleted_is_posted_anew_and_the_loss_is_on_record(
    house: Running, database_url: str
) -> None:
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    house.sandbox.workspace.faults.inject("chat.update", kind="error:message_not_found")
    ben = house.person("ben")
    await ben.types(f"/case note {case_number(card)} they wrote last week")
    again = await ben.sees("they wrote last week", channel=CHANNEL, timeout=10)
    assert again.ts != card.ts
    assert await count(database_url, "audit_events WHERE action = 'card.lost'") == 1
