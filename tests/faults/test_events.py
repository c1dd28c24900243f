"""Events are kept before they are acknowledged: what was told once is acted upon, whatever dies."""

import asyncio
from pathlib import Path
from typing import Any

from bot.manual import manifest_for
from bot.sandbox.driver import View
from bot.sandbox.payloads import event
from bot.sandbox.server import Sandbox
from tests.faults.databases import count, locked, minute_passes
from tests.faults.process import Program, bot_running
from tests.faults.waiting import until, until_told
from tests.fixtures.houses import SOCKETS, only_on
from tests.running import Running, write_home
from tests.unlisted import unlisted

CHANNEL = "#care-billing"


def mention(sandbox: Sandbox, words: str, *, ts: str = "1700000001.000100") -> dict[str, Any]:
    """An app_mention of Anna's as Slack tells it."""
    workspace = sandbox.workspace
    who, channel = workspace.person("anna"), workspace.channel(CHANNEL)
    said = {"type": "app_mention", "user": who.id, "channel": channel.id, "team": "T0USHER"}
    said |= {"text": f"<@U0USHER> {words}", "ts": ts}
    return event(said, shared=False, now=workspace.clock())


async def quiet(url: str) -> None:
    async def nothing_waits() -> bool:
        return await count(url, "deliveries WHERE kind = 'event' AND state != 'done'") == 0

    await until_told(nothing_waits)


@only_on(SOCKETS[1])
async def test_killed_between_the_acknowledgement_and_the_work(
    tmp_path: Path, database_url: str
) -> None:
    write_home(tmp_path)
    async with Sandbox(manifest=manifest_for("")) as sandbox:
        anna = sandbox.person("anna")
        unlisted(sandbox)
        async with bot_running(tmp_path, sandbox, database_url) as bot:
            guidebook = await anna.types("/usher enroll")
            assert isinstance(guidebook, View)
            await anna.submits(guidebook, {})
            # Who it is takes Slack long to say: the event is acknowledged, and not yet acted upon.
            sandbox.workspace.faults.inject("users.info", kind="delay:5", times=3)
            told = mention(sandbox, "new @jane wants a policy")
            told["event"]["user"] = sandbox.workspace.person("ben").id
            assert (await sandbox.workspace.deliveries.send("events_api", told)).acked
            await bot.kill()
        assert await count(database_url, "inbox") == 1
        assert await count(database_url, "cases") == 0
        sandbox.workspace.faults.clear()
        await minute_passes(database_url)
        async with bot_running(tmp_path, sandbox, database_url):
            await sandbox.person("ben").sees("is open", channel=CHANNEL, timeout=15)
            await quiet(database_url)
        assert await count(database_url, "cases") == 1


async def killed_as_it_whispers(sandbox: Sandbox, bot: Program) -> None:
    """Slack has said the words, and the answer to that is still on its way."""
    sandbox.workspace.faults.inject("chat.postEphemeral", kind="hold:5")
    await until(lambda: bool(sandbox.workspace.journal.calls("chat.postEphemeral")))
    await bot.kill()


@only_on(SOCKETS[0])
async def test_killed_between_a_whisper_and_the_note_that_it_was_said(
    tmp_path: Path, database_url: str
) -> None:
    """The words come once more, as Slack takes no key to say them by; the act does not."""
    write_home(tmp_path)
    async with Sandbox(manifest=manifest_for("")) as sandbox:
        anna = sandbox.person("anna")

        def whispers() -> list[str]:
            mine = [one.words for one in anna.messages(CHANNEL) if one.ephemeral]
            return [words for words in mine if "is open" in words]

        async with bot_running(tmp_path, sandbox, database_url) as bot:
            guidebook = await anna.types("/usher enroll")
            assert isinstance(guidebook, View)
            await anna.submits(guidebook, {})
            dies = asyncio.create_task(killed_as_it_whispers(sandbox, bot))
            told = mention(sandbox, "new @jane wants a policy")
            assert (await sandbox.workspace.deliveries.send("events_api", told)).acked
            await dies
        assert len(whispers()) == 1
        assert await count(database_url, "deliveries WHERE kind = 'event' AND state = 'done'") == 0
        await minute_passes(database_url)
        async with bot_running(tmp_path, sandbox, database_url):
            await quiet(database_url)
            assert len(whispers()) == 2
            assert len(set(whispers())) == 1
        assert await count(database_url, "cases") == 1
        assert await count(database_url, "audit_events WHERE action = 'case.new_asked'") <= 1


async def test_what_cannot_be_kept_is_not_acknowledged_and_comes_again(
    house: Running, database_url: str
) -> None:
    await house.enrolled("anna")
    told = mention(house.sandbox, "new @jane wants a policy")
    deliver = house.sandbox.workspace.deliveries.send
    async with locked(database_url, table="inbox"):
        assert not (await deliver("events_api", told)).acked
    assert (await deliver("events_api", told)).acked
    await quiet(database_url)
    await house.person("anna").sees("is open and yours", channel=CHANNEL, timeout=10)
    assert await count(database_url, "cases") == 1


async def test_one_message_told_under_two_ids_is_one_event(
    house: Running, database_url: str
) -> None:
    await house.enrolled("anna")
    deliver = house.sandbox.workspace.deliveries.send
    for _ in range(3):
        told = mention(house.sandbox, "new @jane wants a policy")
        assert (await deliver("events_api", told)).acked
    await quiet(database_url)
    assert await count(database_url, "cases") == 1
    assert await count(database_url, "inbox") == 1


async def test_an_event_that_comes_late_is_acted_upon_and_says_so(
    house: Running, database_url: str
) -> None:
    await house.enrolled("anna")
    told = mention(house.sandbox, "new @jane wants a policy")
    told["event_time"] -= 2 * 3600
    assert (await house.sandbox.workspace.deliveries.send("events_api", told)).acked
    said = await house.person("anna").sees("is open and yours", channel=CHANNEL, timeout=10)
    assert "You asked this a while ago" in said.words
    assert await count(database_url, "cases") == 1


async def test_what_was_said_is_let_go_once_it_is_done(house: Running, database_url: str) -> None:
    told = mention(house.sandbox, "help")
    assert (await house.sandbox.workspace.deliveries.send("events_api", told)).acked
    await quiet(database_url)
    assert await count(database_url, "inbox") == 1
    assert await count(database_url, "inbox WHERE length(body_sealed) > 0") == 0


async def test_bad_moments_of_slack_are_waited_for(house: Running, database_url: str) -> None:
    anna = await house.enrolled("anna")
    house.sandbox.workspace.faults.inject("chat.postEphemeral", kind="503", times=2)
    told = mention(house.sandbox, "new @jane wants a policy")
    assert (await house.sandbox.workspace.deliveries.send("events_api", told)).acked
    await anna.sees("is open and yours", channel=CHANNEL, timeout=15)
    assert await count(database_url, "cases") == 1
