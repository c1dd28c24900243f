"""Why somebody says no, in words that nobody would choose: its card and its message still stand."""

from pathlib import Path

import pytest

from tests import hostile
from tests.journeys.approving import LIFT, asked, asking, says_no
from tests.journeys.hurried import all_delivered
from tests.journeys.judged import judged
from tests.running import heard


@pytest.mark.timeout(180)
async def test_no_reason_is_refused_by_slack_raises_or_pings(
    tmp_path: Path, database_url: str
) -> None:
    async with asking(tmp_path, database_url, rate_limited=False) as house:
        await asked(house)
        for text in hostile.WORST[:6]:
            await says_no(house, "mina", text[:1_000])
            await all_delivered(house)
            assert "It waits" in heard(await house.person("sam").types(LIFT))
        judged(house, since=0)
