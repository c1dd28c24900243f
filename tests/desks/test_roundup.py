"""A real Roundup behind a bad line: made once whatever is lost, and refusals said in sentences."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from aiohttp import ClientSession, encode_basic_auth

from bot.desks.roundup import Roundup, RoundupSettings
from bot.errors import Misconfigured, Unavailable
from bot.model.cleared import Cleared
from bot.model.clock import utc_now
from bot.model.handoff import TicketRequest
from tests.peers.lossy_proxy import LossyProxy
from tests.peers.roundup import RoundupPeer

PERMIT_USED = "/data/issue/@poe/"


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def line(roundup: RoundupPeer) -> AsyncIterator[LossyProxy]:
    async with LossyProxy(roundup.address) as line:
        yield line


@pytest.fixture
def desk(roundup: RoundupPeer, line: LossyProxy, session: ClientSession) -> Roundup:
    settings = RoundupSettings(web_url=roundup.web_url, timeout_seconds=2)
    return Roundup.make(settings, roundup.credentials(address=line.url), session, utc_now)


def asked(**changes: str) -> Cleared[TicketRequest]:
    words = {"queue": "sales", "title": "Case 7: @jane", "body": "Wants a quote."}
    return Cleared(TicketRequest(key=f"usher-{uuid4()}", **(words | changes)))


async def made(roundup: RoundupPeer, session: ClientSession, key: str) -> list[dict[str, object]]:
    """All issues with our key as the tracker itself tells them, beside our connector."""
    login = {"Authorization": encode_basic_auth(roundup.user, roundup.password)}
    query = {"title": key, "@fields": "title,keyword,messages", "@verbose": "2"}
    url = f"{roundup.web_url}rest/data/issue"
    async with session.get(url, headers=login, params=query) as reply:
        found: list[dict[str, object]] = (await reply.json())["data"]["collection"]
        return found


async def test_people_find_it_at_the_trackers_own_address(
    desk: Roundup, roundup: RoundupPeer, session: ClientSession
) -> None:
    request = asked()
    ticket = await desk.create(request)
    assert ticket.url == f"{roundup.web_url}issue{ticket.number}"
    async with session.get(ticket.url) as page:
        assert "Case 7: @jane" in await page.text()
    (issue,) = await made(roundup, session, request.value.key)
    assert issue["title"] == f"Case 7: @jane [{request.value.key}]"
    assert issue["keyword"]
    assert issue["messages"]


async def test_a_lost_answer_is_an_unknown_outcome_and_found_afterwards(
    desk: Roundup, line: LossyProxy, roundup: RoundupPeer, session: ClientSession
) -> None:
    request = asked()
    line.hangs_up_after("POST", PERMIT_USED)
    with pytest.raises(Unavailable) as raised:
        await desk.create(request)
    assert raised.value.unknown_outcome
    found = await desk.find(request.value.key)
    assert found is not None
    assert await desk.create(request) == found
    assert len(await made(roundup, session, request.value.key)) == 1


async def test_a_request_still_on_its_way_does_not_make_a_second(
    desk: Roundup, line: LossyProxy, roundup: RoundupPeer, session: ClientSession
) -> None:
    request = asked()
    line.delays("POST", PERMIT_USED, seconds=2.5)
    with pytest.raises(Unavailable) as raised:
        await desk.create(request)
    assert raised.value.unknown_outcome
    assert await desk.find(request.value.key) is None
    ticket = await desk.create(request)
    await asyncio.sleep(0.8)
    assert await desk.find(request.value.key) == ticket
    assert len(await made(roundup, session, request.value.key)) == 1


async def test_a_permit_lost_before_it_was_used_is_no_trouble(
    desk: Roundup, line: LossyProxy, roundup: RoundupPeer, session: ClientSession
) -> None:
    request = asked()
    line.hangs_up_after("POST", "/@poe")
    with pytest.raises(Unavailable) as raised:
        await desk.create(request)
    assert not raised.value.unknown_outcome
    await desk.create(request)
    assert len(await made(roundup, session, request.value.key)) == 1


async def test_an_answer_lost_after_it_was_made_and_read_back(
    desk: Roundup, line: LossyProxy
) -> None:
    request = asked()
    line.answers("GET", "/data/issue", 502, b"<html>Bad Gateway</html>")
    with pytest.raises(Unavailable) as raised:
        await desk.create(request)
    assert raised.value.unknown_outcome
    assert await desk.find(request.value.key) is not None


@pytest.mark.parametrize(
    ("kept", "says"),
    [
        (b'{"data": {"collection": []}}', "does not carry our key"),
        (b'{"data": {"collection": [{"id": "7", "title": "{key}"}]}}', "without its keyword"),
    ],
)
async def test_a_yes_that_was_none_asks_a_human(
    desk: Roundup, line: LossyProxy, kept: bytes, says: str
) -> None:
    request = asked()
    title = f"[{request.value.key}]".encode()
    line.answers("GET", "/data/issue", 200, kept.replace(b"{key}", title))
    with pytest.raises(Misconfigured, match=says):
        await desk.create(request)


@pytest.mark.parametrize(
    ("status", "body", "unknown"),
    [
        (500, b"", True),
        (502, b"<html>", True),
        (201, b"<html>", True),
        (201, b"{}", True),
        (429, b"", False),
    ],
)
async def test_answers_between_yes_and_no(
    desk: Roundup, line: LossyProxy, status: int, body: bytes, *, unknown: bool
) -> None:
    line.answers("POST", PERMIT_USED, status, body)
    with pytest.raises(Unavailable) as raised:
        await desk.create(asked())
    assert raised.value.unknown_outcome is unknown


async def test_a_slow_desk_is_not_waited_for(desk: Roundup, line: LossyProxy) -> None:
    line.delays("GET", "/data/issue", seconds=2.5)
    with pytest.raises(Unavailable, match="in time") as raised:
        await desk.find("usher-1")
    assert not raised.value.unknown_outcome


async def test_nobody_at_the_address(roundup: RoundupPeer, session: ClientSession) -> None:
    credentials = roundup.credentials(address="http://127.0.0.1:9")
    desk = Roundup.make(RoundupSettings(), credentials, session, utc_now)
    with pytest.raises(Unavailable) as raised:
        await desk.create(asked())
    assert not raised.value.unknown_outcome


async def test_a_wrong_password_asks_a_human(roundup: RoundupPeer, session: ClientSession) -> None:
    credentials = roundup.credentials(password="forgotten")
    desk = Roundup.make(RoundupSettings(), credentials, session, utc_now)
    for call in (desk.check(), desk.find("usher-1"), desk.create(asked())):
        with pytest.raises(Misconfigured, match="ROUNDUP_PASSWORD"):
            await call


async def test_another_address_asks_a_human(roundup: RoundupPeer, session: ClientSession) -> None:
    credentials = roundup.credentials(address=f"{roundup.address}/elsewhere")
    desk = Roundup.make(RoundupSettings(), credentials, session, utc_now)
    with pytest.raises(Misconfigured, match="ROUNDUP_API_URL"):
        await desk.check()


async def test_another_name_than_the_trackers_own_asks_a_human(
    roundup: RoundupPeer, line: LossyProxy, session: ClientSession
) -> None:
    credentials = roundup.credentials(address=line.url)
    desk = Roundup.make(RoundupSettings(), credentials, session, utc_now)
    with pytest.raises(Misconfigured, match="web_url"):
        await desk.create(asked())


async def test_a_queue_it_does_not_know_asks_a_human(desk: Roundup) -> None:
    with pytest.raises(Misconfigured, match="keyword “press”"):
        await desk.create(asked(queue="press"))


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"API_URL": "issues.example.com"}, "ROUNDUP_API_URL must begin with https"),
        ({"USER": "usher:admin"}, "ROUNDUP_USER must not have a colon"),
    ],
)
async def test_what_cannot_be_is_named(
    session: ClientSession, values: dict[str, str], says: str
) -> None:
    given = {"API_URL": "https://issues.example.com", "USER": "usher", "PASSWORD": "x"} | values
    with pytest.raises(Misconfigured, match=says):
        Roundup.make(RoundupSettings(), given.get, session, utc_now)


@pytest.mark.parametrize("missing", ["API_URL", "USER", "PASSWORD"])
async def test_what_is_not_set_is_named(session: ClientSession, missing: str) -> None:
    values = {"API_URL": "http://127.0.0.1:9/", "USER": "usher", "PASSWORD": "x"} | {missing: ""}
    with pytest.raises(Misconfigured, match=f"^ROUNDUP_{missing} is not set"):
        Roundup.make(RoundupSettings(), values.get, session, utc_now)
