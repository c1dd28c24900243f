"""A token that Slack takes no more is shown to it once a minute, not with every word."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from time import monotonic

import pytest
from slack_sdk.errors import SlackApiError
from structlog.testing import capture_logs

from bot.errors import Unavailable
from bot.sandbox.server import Sandbox
from bot.slack.client import PatientClient, make_client, open_session
from bot.slack.welcome import LOOK_AGAIN, Welcome

MANY = 20


class Minutes:
    """The machine's clock, which a test may put on by a minute."""

    def __init__(self) -> None:
        self.more = 0.0

    def __call__(self) -> float:
        return monotonic() + self.more

    def pass_by(self) -> None:
        self.more += LOOK_AGAIN


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(rate_limited=False, event_retries=()) as running:
        yield running


@pytest.fixture
def minutes() -> Minutes:
    return Minutes()


@pytest.fixture
async def client(sandbox: Sandbox, minutes: Minutes) -> AsyncIterator[PatientClient]:
    async with open_session() as session:
        yield make_client(
            sandbox.workspace.bot_token,
            session=session,
            api_url=sandbox.slack_api_url,
            welcome=Welcome(now=minutes),
        )


def asked(sandbox: Sandbox) -> list[str]:
    return [call.method for call in sandbox.workspace.journal.calls()]


async def many(client: PatientClient) -> Counter[str]:
    """So many posts at once, and how they ended."""
    posts = (client.chat_postMessage(channel="C0GENERAL", text=f"{n}") for n in range(MANY))
    ends = await asyncio.gather(*posts, return_exceptions=True)
    return Counter(type(end).__name__ for end in ends)


async def test_a_removed_app_asks_once_and_waits(sandbox: Sandbox, client: PatientClient) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="here I am")
    await sandbox.person("cora").uninstalls_the_app()
    with capture_logs() as logged:
        for _ in range(5):
            with pytest.raises(Unavailable, match="does not take the bot's token") as away:
                await client.chat_postMessage(channel="C0GENERAL", text="and again")
            assert 0 < (away.value.retry_after or 0) <= LOOK_AGAIN
    assert [line["event"] for line in logged] == ["slack.token_refused"]
    assert asked(sandbox) == ["chat.postMessage"] * 2 + ["auth.test"]
    assert ["removed from the workspace" in one for one in client.welcome.sentences()] == [True]


async def test_who_is_let_in_again_goes_on(sandbox: Sandbox, client: PatientClient) -> None:
    cora = sandbox.person("cora")
    await cora.revokes_the_token()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()
    with pytest.raises(Unavailable):
        await client.chat_postMessage(channel="C0GENERAL", text="once more")
    await cora.lets_the_app_in()
    await client.auth_test()
    await client.chat_postMessage(channel="C0GENERAL", text="here I am")
    assert client.welcome.sentences() == ()


async def test_one_odd_answer_is_not_believed(sandbox: Sandbox, client: PatientClient) -> None:
    sandbox.workspace.faults.inject("chat.postMessage", kind="error:invalid_auth")
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.chat_postMessage(channel="C0GENERAL", text="x")
    assert client.welcome.sentences() == ()
    await client.chat_postMessage(channel="C0GENERAL", text="x")


async def test_of_many_at_once_one_asks(
    sandbox: Sandbox, client: PatientClient, minutes: Minutes
) -> None:
    cora = sandbox.person("cora")
    await client.auth_test()
    await cora.uninstalls_the_app()
    assert await many(client) == {"Unavailable": MANY}
    assert Counter(asked(sandbox))["auth.test"] == 2
    for _ in range(2):
        before = len(asked(sandbox))
        minutes.pass_by()
        assert await many(client) == {"Unavailable": MANY}
        assert asked(sandbox)[before:] == ["auth.test"]
    await cora.lets_the_app_in()
    before = len(asked(sandbox))
    minutes.pass_by()
    assert await many(client) == {"AsyncSlackResponse": MANY}
    assert Counter(asked(sandbox)[before:]) == {"auth.test": 1, "chat.postMessage": MANY}


@pytest.mark.parametrize("kind", ["503", "429:30", "hang_up", "error:internal_error"])
async def test_where_nobody_says_whether_for_good_it_waits(
    sandbox: Sandbox, client: PatientClient, kind: str
) -> None:
    await sandbox.person("cora").revokes_the_token()
    sandbox.workspace.faults.inject("auth.test", kind=kind)
    with pytest.raises(Unavailable, match="does not say whether for good") as away:
        await client.chat_postMessage(channel="C0GENERAL", text="x")
    assert not away.value.unknown_outcome
    assert client.welcome.sentences() == ()
    with pytest.raises(Unavailable, match="does not take the bot's token"):
        await client.chat_postMessage(channel="C0GENERAL", text="x")


async def test_a_look_that_is_not_answered_is_the_minutes_look_too(
    sandbox: Sandbox, client: PatientClient, minutes: Minutes
) -> None:
    await sandbox.person("cora").revokes_the_token()
    with pytest.raises(Unavailable):
        await client.chat_postMessage(channel="C0GENERAL", text="x")
    sandbox.workspace.faults.inject("auth.test", kind="503", times=9)
    before = len(asked(sandbox))
    minutes.pass_by()
    for _ in range(3):
        assert await many(client) == {"Unavailable": MANY}
    assert asked(sandbox)[before:] == ["auth.test"]


async def test_who_looks_after_the_token_asks_only_while_it_is_refused(
    sandbox: Sandbox, client: PatientClient, minutes: Minutes
) -> None:
    cora = sandbox.person("cora")
    await client.auth_test()
    minutes.pass_by()
    await client.look_whether_welcome_again()
    assert asked(sandbox) == ["auth.test"]
    await cora.revokes_the_token()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()
    await cora.lets_the_app_in()
    await client.look_whether_welcome_again()
    assert client.welcome.sentences() != ()
    minutes.pass_by()
    await client.look_whether_welcome_again()
    assert client.welcome.sentences() == ()
    assert asked(sandbox) == ["auth.test"] * 3
