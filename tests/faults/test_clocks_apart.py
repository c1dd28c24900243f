"""Two machines whose clocks are minutes apart: nothing is lost, nothing stands still.

A lease is as long as its owner's clock says, so that a card may come twice; nothing else may.
"""

from datetime import timedelta
from pathlib import Path

from bot.model.clock import utc_now
from tests.faults.databases import count
from tests.faults.test_turns import IN_HASTE, cards, customers, hasty, replicas
from tests.faults.waiting import until, until_told
from tests.fixtures.houses import SOCKETS, once_each
from tests.running import Wandering, case_number, heard

BILLING = "#care-billing"
NUMBER = 8


@once_each("minutes", (5, -5), SOCKETS)
async def test_both_work_and_each_customer_is_served(
    tmp_path: Path, database_url: str, minutes: int
) -> None:
    apart = Wandering()
    apart.off = timedelta(minutes=minutes)
    async with replicas(
        tmp_path, database_url, 2, clocks=(utc_now, apart), pace=IN_HASTE, seconds=hasty
    ) as house:
        anna = await house.enrolled("anna")
        await customers(house, NUMBER, "refund")

        def seen() -> set[int]:
            return {case_number(card) for card in cards(house, BILLING)}

        await until(lambda: len(seen()) == NUMBER, seconds=60)
        number = min(seen())
        assert "is yours" in heard(await anna.types(f"/claim {number}"))
        await house.person("cora").sees("Anna Berg", channel=BILLING, timeout=20)

        async def nothing_waits() -> bool:
            return await count(database_url, "deliveries WHERE state != 'done'") == 0

        await until_told(nothing_waits, seconds=30)
        assert await count(database_url, "mentions") == NUMBER
        assert await count(database_url, "cases") == NUMBER
        assert await count(database_url, "audit_events WHERE action = 'case.claimed'") == 1
        assert (await house.usher.verify()).broken == ()
