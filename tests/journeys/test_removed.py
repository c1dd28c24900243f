"""Somebody removes the app from the workspace: Usher says so, keeps what comes in, and waits."""

import asyncio
from dataclasses import replace
from pathlib import Path

from aiohttp import ClientSession

from tests.faults.waiting import until_told
from tests.running import QUICK, Mode, Running, running
from tests.web.metrics import figures


async def ready(house: Running) -> tuple[int, dict[str, object]]:
    async with ClientSession() as session, session.get(house.usher.web_url + "/ready") as answer:
        return answer.status, await answer.json()


async def test_a_removed_app_says_so_and_keeps_what_comes_in(house: Running) -> None:
    assert (await ready(house))[1]["slack"] == "ok"
    await house.person("cora").uninstalls_the_app()

    async def shut_out() -> bool:
        status, parts = await ready(house)
        return status == 503 and parts["slack"] == "unavailable" and parts["database"] == "ok"

    await until_told(shut_out)
    calls = len(house.sandbox.workspace.journal.calls())
    for number in range(5):
        await house.sandbox.x.posts(f"jane{number}", "@acme where is my refund?")

    async def kept() -> bool:
        now = await figures(house.usher.web_url)
        return now["usher_deliveries{kind=card,state=retrying}"] == 5

    await until_told(kept)
    await asyncio.sleep(0.5)
    now = await figures(house.usher.web_url)
    assert now["usher_deliveries{kind=card,state=stuck}"] == 0
    assert now["usher_slack_token_accepted"] == 0
    since = house.sandbox.workspace.journal.calls()[calls:]
    assert {call.method for call in since} <= {"auth.test", "apps.connections.open"}


async def test_let_in_again_it_is_ready_though_nobody_has_anything_to_say(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    """Over HTTP a balancer sends nobody to who is not ready: it must find out by itself."""
    pace = replace(QUICK, look_again=0.5)
    async with running(tmp_path, database_url, mode=mode, pace=pace) as house:

        async def ready_again() -> bool:
            return (await ready(house))[0] == 200

        async def shut_out() -> bool:
            return not await ready_again()

        cora = house.person("cora")
        await cora.uninstalls_the_app()
        await until_told(shut_out)
        await cora.lets_the_app_in()
        await until_told(ready_again)
        assert (await figures(house.usher.web_url))["usher_slack_token_accepted"] == 1
