"""What Slack, or somebody who listened, delivers again: acted on once, answered the same."""

import asyncio
import random
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.http_mode import HttpMode, encoded
from tests.faults.databases import count
from tests.faults.flood import Flood, known
from tests.running import Running, case_number, heard, running

CHANNEL = "#care-billing"


def typed(house: Running, name: str, command: str, text: str) -> dict[str, Any]:
    """The payload of one slash command, to be sent as often as a test likes."""
    workspace = house.sandbox.workspace
    who, channel = workspace.person(name), workspace.channel(CHANNEL)
    url = workspace.response_urls.new(who.id, channel.id)
    return workspace.payloads.slash(who, channel, command=command, text=text, response_url=url)


def words(answers: list[Any]) -> set[str]:
    return {str(answer) for answer in answers}


@pytest.mark.parametrize("times", [2, 20])
async def test_an_envelope_that_comes_again_acts_once(
    house: Running, database_url: str, times: int
) -> None:
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    payload = typed(house, "ben", "/case", f"note {case_number(card)} I know them")
    deliver = house.sandbox.workspace.deliveries.send
    answers = await asyncio.gather(*(deliver("slash_commands", payload) for _ in range(times)))
    assert all(answer.acked for answer in answers)
    (said,) = words([answer.payload for answer in answers])
    assert "Noted" in said
    assert await count(database_url, "notes") == 1
    assert await count(database_url, "audit_events WHERE action = 'visit.repeated'") == times - 1
    assert (await house.usher.verify()).broken == ()


async def test_a_signed_request_that_is_replayed_acts_once(
    tmp_path: Path, database_url: str
) -> None:
    async with running(tmp_path, database_url, environ={"SLACK_APP_TOKEN": ""}) as house:
        address = f"{house.usher.web_url}/slack/events"
        await house.sandbox.speak_http(address)
        card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
        await house.enrolled("anna")
        body, kind = encoded(
            "slash_commands", typed(house, "anna", "/claim", str(case_number(card)))
        )
        signer = house.sandbox.requests
        assert signer is not None
        headers = {"Content-Type": kind, **signer.signature(body)}
        first = await _posted(address, body, headers)
        again = await asyncio.gather(*(_posted(address, body, headers) for _ in range(20)))
        assert "is yours" in first[1]
        assert set(again) == {first}
        assert first[0] == 200
        assert await count(database_url, "audit_events WHERE action = 'case.claimed'") == 1


async def test_a_stale_or_forged_request_is_not_even_read(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, database_url, environ={"SLACK_APP_TOKEN": ""}) as house:
        address = f"{house.usher.web_url}/slack/events"
        await house.sandbox.speak_http(address)
        body, kind = encoded("slash_commands", typed(house, "anna", "/usher", "enroll"))
        forged = HttpMode(address, secret="somebody-elses").signature(body)
        signer = house.sandbox.requests
        assert signer is not None
        with monkeypatch.context() as earlier:
            ten_minutes_ago = time.time() - 600
            earlier.setattr("bot.sandbox.http_mode.time.time", lambda: ten_minutes_ago)
            stale = signer.signature(body)
        for signature in (forged, stale):
            status, said = await _posted(address, body, {"Content-Type": kind, **signature})
            assert status == 401
            assert "Traceback" not in said
        assert await count(database_url, "visits") == 0


async def test_two_presses_of_one_button_are_one_claim(house: Running, database_url: str) -> None:
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    anna = await house.enrolled("anna")
    house.sandbox.workspace.faults.duplicate_next()
    await anna.clicks("Claim", on=card)
    await anna.sees("is yours", channel=CHANNEL, timeout=10)
    assert await count(database_url, "audit_events WHERE action = 'case.claimed'") == 1
    assert f"{case_number(card)} ·" in heard(await anna.types("/case mine"))


async def test_a_flood_of_copies_in_any_order_acts_once_each(
    house: Running, database_url: str
) -> None:
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    await known(house, card)
    await house.enrolled("anna")
    flood = Flood(house, card, ("anna", "ben", "cora"), random.Random(7))  # noqa: S311  a shuffle
    poured = sum([await flood.pours(copies=8) for _ in range(2)])
    assert poured == 240
    assert flood.different == []
    assert await flood.acts(database_url) == flood.made
    assert (await house.usher.verify()).broken == ()


async def _posted(address: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=headers) as response,
    ):
        return response.status, await response.text()
