"""Six fingers on one button: however many ask for one hand-off at once, the desk hears of one."""

import asyncio

from tests.faults.databases import count
from tests.journeys.test_handoff import brought_in
from tests.running import Running, heard


async def test_six_at_once_are_one_handoff(house: Running, database_url: str) -> None:
    number, _ = await brought_in(house)
    anna, db = house.person("anna"), house.usher.rooms.db
    # Nothing is filed meanwhile: after that, asking again is answered with the ticket.
    house.usher.care.deliveries.end()
    # Connections that must be made first would let the six in one by one.
    await asyncio.gather(*(db.technical(lambda unit: unit.cursors.beats()) for _ in range(10)))
    answers = await asyncio.gather(
        *(anna.types(f"/handoff {number} sales He asks for an offer.") for _ in range(6))
    )
    said = [heard(answer) for answer in answers]
    assert all("on its way to sales" in words for words in said), said
    assert sum("already on its way" in words for words in said) == 5
    assert await count(database_url, "handoffs") == 1
    assert await count(database_url, "deliveries WHERE kind = 'ticket'") == 1
