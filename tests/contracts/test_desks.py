"""What every desk promises, asked of every desk in the list; Roundup is a real one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import ClientSession
from pydantic import ValidationError

from bot.desks import DESKS
from bot.model.cleared import Cleared
from bot.model.handoff import TicketRequest
from tests.contracts.desk_stages import STAGES, Make


@pytest.fixture(params=sorted(DESKS))
async def make(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Make]:
    async with ClientSession() as session:
        yield STAGES[request.param](tmp_path, session, lambda: request.getfixturevalue("roundup"))


def asked(key: str = "", **changes: str) -> Cleared[TicketRequest]:
    words = {
        "queue": "sales",
        "title": "Case 7: @jane",
        "body": "Wants a quote.\nhttps://x.com/jane",
    }
    return Cleared(TicketRequest(key=key or f"usher-{uuid4()}", **(words | changes)))


def test_every_desk_has_a_stage() -> None:
    assert set(STAGES) == set(DESKS)


@pytest.mark.parametrize("name", sorted(DESKS))
def test_a_section_with_a_misspelt_setting_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        DESKS[name].settings.model_validate({"no_such_setting": 1})


async def test_a_desk_is_called_as_in_the_list(make: Make) -> None:
    assert make().name in DESKS
    await make().check()


async def test_what_is_not_there_is_not_found(make: Make) -> None:
    assert await make().find(f"usher-{uuid4()}") is None


async def test_what_is_made_is_found_again_after_a_restart(make: Make) -> None:
    request = asked()
    made = await make().create(request)
    assert made.number
    assert await make().find(request.value.key) == made


async def test_a_key_inside_another_key_is_not_it(make: Make) -> None:
    request = asked()
    await make().create(request)
    assert await make().find(request.value.key[:-1]) is None
    assert await make().find(request.value.key[1:]) is None


@pytest.mark.parametrize(
    "words",
    [
        {"title": "Füße “☂” 👍🏽 日本語"},
        {"title": "several\nlines\tand   spaces "},
        {"title": "ends like a mark [usher-"},
        {"title": "%_*?'\";<b>&amp;"},
        {"title": "long " * 200},
        {"title": ""},
        {"body": ""},
        {"body": "line\r\nline\n\n" + "x" * 20_000},
    ],
)
async def test_any_words_are_taken(make: Make, words: dict[str, str]) -> None:
    request = asked(**words)
    assert await make().create(request) == await make().find(request.value.key)


async def test_many_at_once_are_each_made_once(make: Make) -> None:
    desk = make()
    requests = [asked(title=f"Case {number}") for number in range(6)]
    made = await asyncio.gather(*(desk.create(request) for request in requests))
    assert len({ticket.number for ticket in made}) == 6
    found = await asyncio.gather(*(desk.find(request.value.key) for request in requests))
    assert list(found) == list(made)


async def test_closing_twice_is_harmless(make: Make) -> None:
    desk = make()
    await desk.close()
    await desk.close()
