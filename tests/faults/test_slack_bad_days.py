"""Slack accepts and hangs up, is busy, is down, refuses: each card stands in the end."""

from bot.sandbox.driver import Message, View
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.running import Running, case_number, heard

CHANNEL = "#care-billing"


def cards(house: Running) -> list[Message]:
    return [one for one in house.person("cora").messages(CHANNEL) if "Case" in one.words]


async def test_a_card_whose_receipt_was_lost_works_wherever_it_stands(
    house: Running, database_url: str
) -> None:
    """Slack has no key to post by: twice is possible, never is not, and each copy is one case."""
    house.sandbox.workspace.faults.inject("chat.postMessage", kind="hang_up")
    first = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    cora = house.person("cora")
    both = await house.sandbox.workspace.bell.until(
        lambda: cards(house) if len(cards(house)) == 2 else None, timeout=10
    )
    assert both, "the lost receipt was never made good"
    assert {case_number(one) for one in both} == {case_number(first)}
    anna, ben = await house.enrolled("anna"), await house.enrolled("ben")
    await anna.clicks("Claim", on=both[0])
    await anna.sees("is yours", channel=CHANNEL)
    await cora.sees("Anna Berg", channel=CHANNEL, timeout=10)
    stale = next(one for one in cards(house) if "Claim" in one.buttons)
    await ben.clicks("Claim", on=stale)
    told = await ben.sees("Anna Berg", channel=CHANNEL)
    assert "went wrong" not in told.words
    assert await count(database_url, "cases") == 1
    assert await count(database_url, "audit_events WHERE action = 'case.claimed'") == 1


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
    house: Running, database_url: str
) -> None:
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    for kind in ("503", "429:1", "error:internal_error"):
        house.sandbox.workspace.faults.inject("users.info", kind=kind)
        said = heard(await house.person("anna").types(f"/claim {case_number(card)}"))
        assert "is yours" not in said
        assert "went wrong" not in said
        assert "D-" in said
    anna = await house.enrolled("anna")
    assert "is yours" in heard(await anna.types(f"/claim {case_number(card)}"))
    assert await count(database_url, "audit_events WHERE action = 'case.claimed'") == 1


async def test_a_form_that_slack_does_not_open_is_said_and_comes_on_the_next_try(
    house: Running,
) -> None:
    house.sandbox.workspace.faults.inject("views.open", kind="503")
    anna = house.person("anna")
    said = heard(await anna.types("/usher enroll"))
    assert "again" in said
    assert isinstance(await anna.types("/usher enroll"), View)


async def test_sockets_cut_in_the_middle_of_the_day_come_back(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    anna = await house.enrolled("anna")
    await house.sandbox.drop_sockets()
    await house.sandbox.x.posts("tom", "@acme my invoice is wrong")
    await house.sandbox.connected(timeout=15)
    assert "is yours" in heard(await anna.types(f"/claim {case_number(card)}"))
    await anna.sees("my invoice is wrong", channel=CHANNEL, timeout=10)
