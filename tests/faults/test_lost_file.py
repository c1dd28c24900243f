"""SQLite's file taken away while Usher works: nothing more is accepted, and everybody is told."""

from pathlib import Path

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.slack.bolt import AWAY
from tests.faults.databases import count
from tests.running import Running, case_number, heard, running

GONE = "deleted, moved or replaced"

LONG = "She wrote to us three times, and nobody could tell her why."


async def readiness(house: Running) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"{house.usher.web_url}/ready")
        return answer.status, (await answer.json())["database"]


@pytest.mark.parametrize("how", ["deleted", "replaced"])
async def test_what_would_be_lost_is_refused(tmp_path: Path, how: str) -> None:
    file, aside = tmp_path / "usher.db", tmp_path / "aside.db"
    async with running(tmp_path, f"sqlite:///{file}") as house:
        anna = await house.enrolled("anna")
        number = case_number(await anna.types("/case new @jane wants a policy"))
        assert await readiness(house) == (200, "ok")
        with capture_logs() as log:
            file.rename(aside)
            if how == "replaced":
                file.write_bytes(aside.read_bytes())
            away = heard(await anna.types(f"/case note {number} {LONG}"))
            assert away.startswith(AWAY)
            assert LONG in away, "it stands nowhere else"
            assert await readiness(house) == (503, "unavailable")
        told = [line["reason"] for line in log if line["event"] == "database.file_gone"]
        assert len(told) == 1
        assert GONE in told[0]
        assert any(GONE in str(line.get("reason")) for line in log if "ready" in line["event"])
        aside.rename(file)
        assert await readiness(house) == (200, "ok")
        assert "Noted" in heard(await anna.types(f"/case note {number} she wrote"))
    assert await count(f"sqlite:///{file}", "notes") == 1
