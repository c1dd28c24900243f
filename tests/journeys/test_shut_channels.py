"""Usher is shown out of a channel: whoever can ask it back hears so, once, and nothing is lost."""

from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.fixtures.houses import EACH, only_on
from tests.running import Running, heard

CHANNEL = "#care-billing"
SENTENCE = "I am not in #care-billing: open it in Slack and type /invite @usher."
TOLD = "audit_events WHERE action = 'channel.shut'"


def told(house: Running) -> list[str]:
    words = [one.words for one in house.person("cora").messages("@cora")]
    return [each for each in words if SENTENCE in each]


async def stuck(house: Running, sentence: str) -> None:
    async def so() -> bool:
        return f"· {sentence}" in heard(await house.person("cora").types("/usher status"))

    await until_told(so)


async def test_shown_out_is_told_once_and_what_waits_comes_with_the_next_invitation(
    house: Running, database_url: str
) -> None:
    cora, x = house.person("cora"), house.sandbox.x
    await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    for times in (1, 2):
        await cora.removes("usher", from_=CHANNEL)
        await x.posts(f"bob{times}", f"@acme refund {times} for bob")
        await stuck(house, SENTENCE)
        assert "C0BILLING" not in heard(await cora.types("/usher status"))
        for _ in range(2):
            await house.usher.care.channels.look_around()
            await house.usher.care.deliveries.revive()
        await stuck(house, SENTENCE)
        assert await count(database_url, TOLD) == times
        await cora.sees("Until then nothing", channel="@cora", timeout=10)
        await cora.invites("usher", to=CHANNEL)
        await cora.sees(f"refund {times} for bob", channel=CHANNEL, timeout=10)

        async def well(wanted: int = times) -> bool:
            return len(told(house)) == wanted

        await until_told(well)


async def test_where_slack_tells_nothing_the_first_card_that_cannot_be_posted_does(
    house: Running, database_url: str
) -> None:
    """And of a private channel Slack says only that there is none."""
    cora = house.person("cora")
    room = house.sandbox.workspace.channel(CHANNEL)
    await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    house.sandbox.workspace.events.subscribed = frozenset()
    room.private = True
    await cora.removes("usher", from_=CHANNEL)
    await house.sandbox.x.posts("bob", "@acme refund for bob")
    await cora.sees(SENTENCE, channel="@cora", timeout=10)
    await stuck(house, "Slack shows me no channel #care-billing")
    assert await count(database_url, TOLD) == 1
    await cora.invites("usher", to=CHANNEL)
    await house.usher.care.channels.look_around()
    await cora.sees("refund for bob", channel=CHANNEL, timeout=10)
    assert await count(database_url, "audit_events WHERE action = 'channel.opened'") == 1


@only_on(EACH[0])
async def test_an_archived_channel_is_told_too(house: Running, database_url: str) -> None:
    cora = house.person("cora")
    await cora.archives(CHANNEL)
    await cora.sees("#care-billing is archived: unarchive it", channel="@cora", timeout=10)
    await house.sandbox.x.posts("bob", "@acme refund for bob")
    await cora.unarchives(CHANNEL)
    await cora.sees("refund for bob", channel=CHANNEL, timeout=10)
    assert await count(database_url, TOLD) == 1


@only_on(EACH[1])
async def test_who_leaves_is_told_to_nobody(house: Running, database_url: str) -> None:
    cora = house.person("cora")
    await cora.invites("gus", to=CHANNEL)
    await house.person("anna").leaves(CHANNEL)
    await cora.invites("usher", to="#random")
    await cora.removes("usher", from_="#random")
    await house.usher.care.channels.look_around()
    assert await count(database_url, TOLD) == 0
    assert await count(database_url, "inbox") == 0
