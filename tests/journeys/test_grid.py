"""Enterprise Grid: who is of the organisation is at home, and the same ids elsewhere are others."""

from pathlib import Path

from bot.sandbox.driver import View
from tests.faults.databases import count
from tests.running import Mode, heard, running

CHANNEL = "#care-billing"


async def test_a_colleague_of_another_workspace_of_the_organisation_is_at_home(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with running(tmp_path, database_url, mode=mode, grid=True) as house:
        anna, ida, eve = (house.person(name) for name in ("anna", "ida", "eve"))
        card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
        await anna.invites("ida", to=CHANNEL)
        guidebook = await ida.clicks("Claim", on=card)
        assert isinstance(guidebook, View)
        await ida.submits(guidebook, {})
        await anna.sees("Ida Sister", channel=CHANNEL, timeout=10)
        assert await count(database_url, "cases WHERE holder = 'E0USHER:W0IDA'") == 1
        await ida.says("@usher claim", channel=CHANNEL, thread=card)
        await ida.sees("You hold this case already", channel=CHANNEL, timeout=10)
        await anna.shares(CHANNEL, with_="eve")
        await eve.clicks("Release", on=card)
        refused = await eve.sees("D-", channel=CHANNEL, timeout=10)
        assert "belongs to another one" in refused.words


async def test_the_same_id_outside_of_the_organisation_is_somebody_else(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    for grid in (True, False):
        async with running(tmp_path, database_url, mode=mode, grid=grid) as house:
            guidebook = await house.person("anna").types("/usher enroll")
            assert isinstance(guidebook, View)
            await house.person("anna").submits(guidebook, house.right_answers())
            again = await house.person("anna").types("/usher enroll")
            assert "You accepted the guidebook in force" in heard(again)
    for key in ("E0USHER:U0ANNA", "T0USHER:U0ANNA"):
        assert await count(database_url, f"ambassadors WHERE key = '{key}'") == 1
