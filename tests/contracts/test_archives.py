"""What every archive promises: what it confirmed is there, and where it cannot it says so."""

import json
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from pydantic import ValidationError

from bot.archives import ARCHIVES
from bot.archives.base import Archive
from bot.compliance import Guard, Sink
from bot.errors import Unavailable
from bot.model.archived import ArchiveRecord
from bot.model.cleared import Cleared
from bot.model.clock import utc_now
from bot.model.ids import CaseId, PersonKey

GUARD = Guard()


def record(text: str = "We are on it – Anna ☂\nSecond line") -> Cleared[ArchiveRecord]:
    made = ArchiveRecord(
        key="usher-1-abc",
        at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
        case_id=CaseId(1),
        network="x",
        way="public",
        user_id="2001",
        post_id="17",
        author_id=PersonKey("T0USHER:U0ANNA"),
        text=text,
        approver_ids=(PersonKey("T0USHER:U0CORA"),),
    )
    return GUARD.clear(made, sink=Sink.NETWORK)


async def made(file: Path) -> Archive:
    settings = ARCHIVES["file"].settings(file=file)
    async with aiohttp.ClientSession() as session:
        return ARCHIVES["file"].make(settings, lambda _name: None, session, utc_now)


@pytest.mark.parametrize("name", sorted(ARCHIVES))
def test_a_section_with_a_misspelt_setting_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        ARCHIVES[name].settings.model_validate({"no_such_setting": 1})


async def test_what_is_confirmed_stands_there(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "answers.jsonl"
    archive = await made(file)
    await archive.check()
    await archive.keep(record())
    await archive.keep(record("And more."))
    await archive.close()
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["text"] for line in lines] == [
        "We are on it – Anna ☂\nSecond line",
        "And more.",
    ]
    assert lines[0]["at"] == "2026-11-22T09:00:00Z"
    assert file.stat().st_mode & 0o077 == 0


async def test_a_line_cut_short_by_a_crash_costs_only_itself(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_bytes(b'{"key": "usher-0')
    await (await made(file)).keep(record())
    cut, whole = file.read_text(encoding="utf-8").splitlines()
    assert cut == '{"key": "usher-0'
    assert json.loads(whole)["key"] == "usher-1-abc"


async def test_where_it_cannot_be_written_it_says_so(tmp_path: Path) -> None:
    wall = tmp_path / "wall"
    wall.write_text("no folder", encoding="utf-8")
    archive = await made(wall / "answers.jsonl")
    with pytest.raises(Unavailable):
        await archive.check()
    with pytest.raises(Unavailable):
        await archive.keep(record())


async def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await (await made(Path("/dev/full"))).keep(record())
