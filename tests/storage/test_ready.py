"""/ready asks the way of writing too: a Usher that only reads is of no use to anybody."""

from pathlib import Path

import aiohttp

from tests.faults.databases import locked
from tests.running import running


async def test_not_ready_while_nothing_can_be_written(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'usher.db'}"
    async with running(tmp_path, url) as house, aiohttp.ClientSession() as session:
        ready = f"{house.usher.web_url}/ready"
        assert (await session.get(ready)).status == 200
        async with locked(url):
            assert (await session.get(ready)).status == 503
        assert (await session.get(ready)).status == 200
