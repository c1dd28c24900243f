"""A network that does not let us listen is told of wherever somebody looks."""

from pathlib import Path

from aiohttp import ClientSession

from tests.faults.waiting import until
from tests.running import Mode, Running, heard, running


async def test_a_token_x_refuses_is_told_everywhere(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    stale = {"X_BEARER_TOKEN": "stale"}
    async with (
        running(tmp_path, database_url, environ=stale, mode=mode) as house,
        ClientSession() as session,
    ):
        await until(lambda: bool(house.usher.care.listening.troubles))
        async with session.get(house.usher.web_url + "/ready") as answer:
            assert answer.status == 503
            ready = await answer.json()
        assert (ready["x"], ready["database"]) == ("unavailable", "ok")
        said = heard(await house.person("mina").types("/usher status"))
        assert "X refuses our bearer token" in said
        assert "stale" not in said


async def test_what_passes_by_itself_leaves_us_ready(house: Running) -> None:
    assert "Usher is at work." in heard(await house.person("mina").types("/usher status"))
    house.sandbox.x.faults.inject("429:40")
    await until(lambda: bool(house.usher.care.listening.troubles))
    said = heard(await house.person("mina").types("/usher status"))
    assert "X: rate limit reached" in said
    async with ClientSession() as session, session.get(house.usher.web_url + "/ready") as answer:
        assert answer.status == 200
