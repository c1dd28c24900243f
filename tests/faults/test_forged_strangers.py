"""Somebody Slack does not show us: told nothing, counted, and nothing stands as a defect for it."""

from bot.sandbox.payloads import event
from tests.faults.databases import count
from tests.faults.test_events import CHANNEL, mention, quiet
from tests.faults.waiting import until_told
from tests.running import Running, heard
from tests.web.metrics import figures


async def test_what_a_forged_stranger_asks_is_dropped_and_nothing_is_stuck(
    house: Running, database_url: str
) -> None:
    workspace = house.sandbox.workspace
    told = mention(house.sandbox, "claim 1")
    told["event"] |= {"user": "U0EVE", "team": "T0OTHER"}
    opened = {"type": "app_home_opened", "user": "U0NOBODY", "channel": "D0EVE", "tab": "home"}
    home = event(opened | {"event_ts": "1700000002.000100"}, shared=False, now=workspace.clock())
    before = await dropped(house)
    for each in (told, home):
        assert (await workspace.deliveries.send("events_api", each)).acked
    await quiet(database_url)

    async def nothing_waits() -> bool:
        return await count(database_url, "deliveries WHERE state NOT IN ('done')") == 0

    await until_told(nothing_waits)
    assert "Stuck until somebody looks: 0" in heard(
        await house.person("ben").types("/usher status")
    )
    assert await dropped(house) - before == 2
    ben = house.person("ben")
    await ben.says("@usher help", channel=CHANNEL)
    await ben.sees("Any employee can help", channel=CHANNEL, timeout=10)


async def dropped(house: Running) -> float:
    now = await figures(house.usher.web_url)
    return sum(now.get(f"usher_deliveries_dropped_total{{kind={kind}}}", 0) for kind in KINDS)


KINDS = ("event", "home")
