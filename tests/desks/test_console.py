"""The file desk: what it writes, and what it makes of a file that a crash cut short."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.desks.console import Console
from bot.errors import Misconfigured
from bot.model.cleared import Cleared
from bot.model.clock import utc_now
from bot.model.handoff import Ticket, TicketRequest


def asked(key: str) -> Cleared[TicketRequest]:
    return Cleared(TicketRequest(key=key, queue="sales", title="Füße", body="Wants a quote."))


async def test_a_ticket_is_a_line_anyone_can_read(tmp_path: Path) -> None:
    file = tmp_path / "desk.jsonl"
    await Console(file, utc_now).create(asked("usher-1"))
    (line,) = file.read_text(encoding="utf-8").splitlines()
    ticket = json.loads(line)
    assert (ticket["number"], ticket["key"], ticket["queue"]) == ("1", "usher-1", "sales")
    assert "Füße" in line
    assert file.stat().st_mode & 0o077 == 0, "others read what was written about customers"


async def test_the_same_key_gets_the_same_ticket(tmp_path: Path) -> None:
    desk = Console(tmp_path / "desk.jsonl", utc_now)
    made = await asyncio.gather(*(desk.create(asked("usher-1")) for _ in range(8)))
    assert set(made) == {Ticket("1", url="")}


@pytest.mark.parametrize("tail", ['{"number": "2", "key": "ush', "{}\n", "[]\n", "\n\n", "\xff"])
async def test_a_line_cut_short_is_passed_over(tmp_path: Path, tail: str) -> None:
    file = tmp_path / "desk.jsonl"
    await Console(file, utc_now).create(asked("usher-1"))
    with file.open("a", encoding="latin-1") as broken:
        broken.write(tail)
    desk = Console(file, utc_now)
    assert await desk.find("usher-1") == Ticket("1", url="")
    made = await desk.create(asked("usher-2"))
    assert made == Ticket("2", url="")
    assert await desk.find("usher-2") == made


async def test_a_file_that_cannot_be_one_asks_a_human(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"desks\.console"):
        await Console(tmp_path, utc_now).check()
    (tmp_path / "file").touch()
    with pytest.raises(Misconfigured, match=r"desks\.console"):
        await Console(tmp_path / "file" / "desk.jsonl", utc_now).find("usher-1")
