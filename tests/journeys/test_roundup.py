"""Story 1, step 6: the hand-off reaches a real Roundup once, whatever the line between does."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.model.ids import CaseId
from bot.sandbox.driver import Heard
from tests.faults.tracker import Gate, issues, to_roundup, variables
from tests.peers.lossy_proxy import LossyProxy
from tests.peers.roundup import RoundupPeer, running_roundup
from tests.running import Mode, Running, case_number, heard, running


@pytest.fixture(scope="module")
def roundup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundupPeer]:
    with running_roundup(tmp_path_factory.mktemp("roundup")) as peer:
        yield peer


async def handed_off(house: Running) -> tuple[int, str]:
    """Anna's case on its way to sales; its number and its title at the desk."""
    anna = await house.enrolled("anna")
    brought = await anna.types("/case new @jane wants a policy for security consulting")
    assert isinstance(brought, Heard)
    number = case_number(brought)
    said = heard(await anna.types(f"/handoff {number} sales He asks for an offer."))
    assert "on its way to sales" in said
    return number, f"Case {number}: @jane"


async def filed(house: Running, number: int) -> str:
    """What Anna is told once the desk has it; the card says the same number."""
    anna = house.person("anna")
    told = await anna.sees(f"Case {number} is with sales now", channel="@usher", timeout=20)
    ticket = told.words.partition("ticket ")[2].split()[0]
    card = await anna.sees(f"ticket {ticket}", channel="#care-general", timeout=10)
    assert f"Case {number}" in card.words
    return ticket


async def ours(roundup: RoundupPeer, house: Running) -> list[str]:
    """The tracker is shared by all tests here, so each looks for its own keys."""
    rows = await house.usher.rooms.db.read(
        lambda unit: [one.key for one in unit.handoffs.of_case(CaseId(1))]
    )
    return [title for key in rows for title in await issues(roundup, key)]


async def test_the_number_comes_back_to_the_card_and_to_who_asked(
    roundup: RoundupPeer, tmp_path: Path, database_url: str, mode: Mode
) -> None:
    change = partial(to_roundup, peer=roundup)
    environ = variables(roundup)
    async with running(tmp_path, database_url, change=change, environ=environ, mode=mode) as house:
        number, title = await handed_off(house)
        ticket = await filed(house, number)
        (found,) = await ours(roundup, house)
        assert found.startswith(title)
        shown = heard(await house.person("anna").types(f"/case {number}"))
        assert f"ticket {ticket}" in shown


async def test_a_line_that_dies_after_each_deed_makes_one_ticket(
    roundup: RoundupPeer, tmp_path: Path, database_url: str, mode: Mode
) -> None:
    change = partial(to_roundup, peer=roundup)
    async with LossyProxy(roundup.address) as line:
        line.hangs_up_after("GET", "/data/issue")
        line.hangs_up_after("POST", "/data/issue/@poe/")
        environ = variables(roundup, line.url)
        async with running(
            tmp_path, database_url, change=change, environ=environ, mode=mode
        ) as house:
            number, title = await handed_off(house)
            await filed(house, number)
            (found,) = await ours(roundup, house)
            assert found.startswith(title)
            assert (await house.usher.verify()).broken == ()


async def test_a_desk_that_is_down_is_waited_for(
    roundup: RoundupPeer, tmp_path: Path, database_url: str, mode: Mode
) -> None:
    change = partial(to_roundup, peer=roundup)
    async with Gate(roundup.address) as gate:
        environ = variables(roundup, gate.url)
        async with running(
            tmp_path, database_url, change=change, environ=environ, mode=mode
        ) as house:
            number, _ = await handed_off(house)
            anna = house.person("anna")
            card = await anna.sees("sales at roundup", channel="#care-general", timeout=10)
            assert "waiting" in card.words
            assert not re.search(r"ticket \d", card.words)
            status = heard(await anna.types("/usher status"))
            assert "Stuck until somebody looks: 0" in status
            await gate.open()
            again = heard(await anna.types(f"/handoff {number} sales"))
            assert "I ask the desk once more" in again
            await filed(house, number)
            assert len(await ours(roundup, house)) == 1


async def test_a_wrong_password_is_said_and_costs_nothing(
    roundup: RoundupPeer, tmp_path: Path, database_url: str, mode: Mode
) -> None:
    change = partial(to_roundup, peer=roundup)
    wrong = variables(roundup, ROUNDUP_PASSWORD="not-the-password")
    async with running(tmp_path, database_url, change=change, environ=wrong, mode=mode) as house:
        number, _ = await handed_off(house)
        anna = house.person("anna")
        told = await anna.sees("has not reached sales", channel="@usher", timeout=10)
        assert "Nothing is lost" in told.words
        card = await anna.sees("stuck", channel="#care-general", timeout=10)
        assert f"Case {number}" in card.words
        status = heard(await anna.types("/usher status"))
        assert "Stuck until somebody looks: 1" in status
        assert "ROUNDUP_PASSWORD" in status
        assert "not-the-password" not in status
    right = variables(roundup)
    async with running(tmp_path, database_url, change=change, environ=right, mode=mode) as house:
        anna = house.person("anna")
        await house.usher.care.deliveries.revive()
        assert await filed(house, number)
        assert len(await ours(roundup, house)) == 1
        status = heard(await anna.types("/usher status"))
        assert "Stuck until somebody looks: 0" in status
