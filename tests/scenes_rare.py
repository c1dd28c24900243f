"""What went on before the rarer pictures: a storm, empty places, refusals, many scripts."""

import sqlite3
from datetime import timedelta

from bot.sandbox.driver import Message
from tests.journeys.storming import OUTAGE
from tests.running import Running, Wandering
from tests.scenes import BILLING, card

STRANGERS = {
    "long-name": (
        "maximiliane",
        "Maximiliane Theodora von und zu Hohenstein-Wartburg",
        (
            "my refund for Donaudampfschifffahrtsgesellschaftskapitänsmützenversicherung is "
            "late, see https://shop.example/orders/2026/11/22/very-long-order-number-0000000000000000000001"
        ),
    ),
    "right-to-left": (
        "layla",
        "ليلى المنصوري",
        "أين استرداد أموالي (refund)؟ دفعت 40 € مرتين في طلب A-113 ولم يرد أحد!",
    ),
}
"""Handle, name and words of who writes in a way that is hard to set."""

CUSTOMERS = {
    "omar": "no internet since noon, is there an outage?",
    "lea": "outage again?! third time this month",
    "kim": "your outage map shows nothing, yet all of our street is dark",
    "tom": "the router blinks red, is it the outage?",
    "noa": "outage in Leeds, when will it be mended?",
    "layla": "ليس لدينا إنترنت منذ الصباح، outage؟",
    "bakery": "we run a shop and cannot take cards, outage",
    "pat": "is this outage going to be on my invoice too?",
    "mia": "your network is down, and I work from home today",
    "jo": "outage?",
    "max": "a technician was due at nine, nobody came, and now there is an outage in all of town!",
    "eva": "offline here as well. Are you working on it?",
}


async def strangers(house: Running) -> None:
    for handle, name, words in STRANGERS.values():
        await house.sandbox.x.posts(handle, f"@acme {words}", name=name)
        await house.person("anna").sees(f"@{handle}", channel=BILLING, timeout=15)


async def storm(house: Running) -> Message:
    for handle, words in CUSTOMERS.items():
        await house.sandbox.x.posts(handle, f"@acme {words}")
    title = f"Storm · {len(CUSTOMERS)} cases"
    return await house.person("cora").sees(title, channel=OUTAGE, timeout=15)


async def listed(house: Running, on: Message) -> None:
    ben = house.person("ben")
    await ben.clicks("Show the list", on=on)
    await ben.sees("@omar:", channel=OUTAGE, timeout=10)


async def storm_over(house: Running, clock: Wandering) -> None:
    clock.off = timedelta(minutes=10)
    await house.person("cora").sees("The storm is over", channel=OUTAGE, timeout=10)


async def nothing_found(house: Running) -> None:
    await house.person("ben").types("/case find umbrella", channel=BILLING)


async def refused(house: Running) -> None:
    """Ben wants what Anna holds."""
    ben = await house.enrolled("ben")
    await ben.clicks("Claim", on=await card(house, 2))
    await house.person("anna").types("/claim 2", channel=BILLING)


async def broken(house: Running) -> None:
    """A defect: the database lost a table under us."""
    with sqlite3.connect(house.home / "usher.db") as database:
        database.execute("ALTER TABLE links RENAME TO links_lost")
    await house.person("anna").types("/lookup @jane", channel=BILLING)
