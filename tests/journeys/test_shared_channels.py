"""A channel that others read too gets no word of a customer, and the coordinators know why."""

from pathlib import Path

from bot.sandbox.driver import Message
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.running import Mode, Page, Running, blanks, case_number, heard, running

CHANNEL = "#care-billing"


def cards(house: Running) -> list[Message]:
    return [one for one in house.person("cora").messages(CHANNEL) if "ase " in one.words]


async def stuck(house: Running) -> None:
    cora = house.person("cora")

    async def so() -> bool:
        said = heard(await cora.types("/usher status"))
        return "care-billing is shared with another organisation" in said

    await until_told(so)


async def test_no_card_is_posted_or_edited_while_a_channel_is_shared(
    house: Running, database_url: str
) -> None:
    cora = house.person("cora")
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    await cora.shares(CHANNEL, with_="eve")
    told = await cora.sees("is shared with another organisation", channel="@cora", timeout=10)
    assert "#care-billing" in told.words
    await house.sandbox.x.posts("tom", "@acme my invoice is wrong")
    await cora.types(f"/case note {case_number(card)} wrote before")
    await stuck(house)
    assert [one.ts for one in cards(house)] == [card.ts]
    assert "wrote before" not in cards(house)[0].words
    assert "invoice" not in " ".join(one.words for one in house.person("eve").messages(CHANNEL))
    await house.usher.care.channels.look_around()
    assert await count(database_url, "audit_events WHERE action = 'channel.told'") == 1
    await cora.unshares(CHANNEL)
    await cora.sees("my invoice is wrong", channel=CHANNEL, timeout=10)
    await cora.sees("wrote before", channel=CHANNEL, timeout=10)
    assert len(cards(house)) == 2


async def test_a_channel_that_was_shared_before_we_came_is_looked_at_before_the_first_card(
    house: Running,
) -> None:
    cora = house.person("cora")
    house.sandbox.workspace.faults.inject("delivery", kind="drop")
    await cora.shares(CHANNEL, with_="eve")
    channel_id = house.sandbox.workspace.channel(CHANNEL).id
    await house.usher.care.channels.look(channel_id)
    await house.sandbox.x.posts("jane", "@acme refund now")
    await stuck(house)
    assert cards(house) == []
    await cora.sees("is shared with another organisation", channel="@cora", timeout=10)


async def test_shared_twice_is_told_twice_and_not_more(house: Running, database_url: str) -> None:
    cora = house.person("cora")
    told = "audit_events WHERE action = 'channel.told'"
    for times in (1, 2):
        await cora.shares(CHANNEL, with_="eve")

        async def so(wanted: int = times) -> bool:
            return await count(database_url, told) == wanted

        await until_told(so)
        house.sandbox.workspace.faults.duplicate_next()
        await cora.unshares(CHANNEL)

        async def ours_again(wanted: int = times) -> bool:
            gone = "audit_events WHERE action = 'channel.unshared'"
            return await count(database_url, gone) >= wanted

        await until_told(ours_again)


async def test_a_renamed_channel_is_told_before_cards_stop_coming(house: Running) -> None:
    cora = house.person("cora")
    await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    await cora.renames(CHANNEL, to="#care-money")
    told = await cora.sees("is called #care-money now", channel="@cora", timeout=10)
    assert "app.yaml" in told.words


async def test_a_new_name_is_told_whoever_learns_of_it_first(
    house: Running, database_url: str
) -> None:
    cora = house.person("cora")
    await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    channel_id = house.sandbox.workspace.channel(CHANNEL).id
    house.sandbox.workspace.faults.inject("delivery", kind="drop")
    await cora.renames(CHANNEL, to="#care-money")
    for _ in range(2):
        await house.usher.care.channels.look(channel_id)
        await house.usher.care.channels.told(channel_id)
    await cora.sees("is called #care-money now", channel="@cora", timeout=10)
    assert await count(database_url, "audit_events WHERE action = 'channel.renamed'") == 1


async def test_with_nobody_to_tell_a_shared_channel_is_recorded_once(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    def nobody(page: Page) -> None:
        page["roles"]["coordinator"] = []

    async with running(tmp_path, database_url, change=nobody, mode=mode) as house:
        channel_id = house.sandbox.workspace.channel(CHANNEL).id
        await house.person("cora").shares(CHANNEL, with_="eve")
        for _ in range(3):
            assert (await house.usher.care.channels.look(channel_id)).shared
        assert await count(database_url, "audit_events WHERE action = 'channel.shared'") == 1


async def test_a_channel_of_no_concern_is_none(house: Running, database_url: str) -> None:
    cora = house.person("cora")
    await cora.shares("#random", with_="eve")
    await house.sandbox.told("events_api")
    assert await count(database_url, "channels WHERE name = '#random'") == 0
    assert await count(database_url, "inbox") == 0
    asked = house.sandbox.workspace.journal.calls("conversations.info")
    assert [one for one in asked if one.args["channel"] == "C0RANDOM"] == []


async def test_a_coordinator_may_take_words_off_a_shared_channel(house: Running) -> None:
    cora = house.person("cora")
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    await cora.shares(CHANNEL, with_="eve")
    await cora.sees("is shared with another organisation", channel="@cora", timeout=10)
    await blanks(cora, card)

    async def blank() -> bool:
        return [one.ts for one in cards(house) if "refund now" in one.words] == []

    await until_told(blank)
    assert "refund" not in " ".join(one.words for one in house.person("eve").messages(CHANNEL))
