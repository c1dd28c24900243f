"""What cannot be taken back goes by who somebody is now, not by what is remembered of them."""

import asyncio
from dataclasses import replace
from pathlib import Path

from tests.faults.waiting import until
from tests.fixtures.houses import EACH, only_on
from tests.journeys.approving import approves, asked, asking, card, on_hold
from tests.running import heard


@only_on(EACH[0])
async def test_a_guest_of_whom_nobody_told_says_no_yes_and_sees_nothing_in_the_clear(
    tmp_path: Path, database_url: str
) -> None:
    async with asking(tmp_path, database_url) as house:
        await asked(house)
        shown = await card(house, "cora")
        people = house.sandbox.workspace.people
        for name in ("cora", "mina", "anna"):
            heard(await house.person(name).types("/usher holds"))
            user_id = f"U0{name.upper()}"
            # Slack's word of it is on its way for as long as this lasts.
            people[user_id] = replace(people[user_id], guest="multi-channel")
        assert "on outage" in heard(await house.person("cora").types("/usher holds"))
        assert "guest" in await approves(house, "cora", shown)
        for name, typed in (("mina", "/case export 1 the audit"), ("anna", "/case reveal 1 why")):
            assert "guest" in heard(await house.person(name).types(typed))
        assert await on_hold(house)


@only_on(EACH[0])
async def test_who_is_asked_anew_does_not_go_by_an_answer_that_is_older(
    tmp_path: Path, database_url: str
) -> None:
    async with asking(tmp_path, database_url) as house:
        await asked(house)
        workspace, mina = house.sandbox.workspace, house.person("mina")
        calls = len(workspace.journal.calls("users.info"))
        # Slack looked at who she is, and what it saw is long on its way.
        workspace.faults.inject("users.info", kind="hold:2")
        export = asyncio.create_task(mina.types("/case export 1 the audit"))
        await until(lambda: len(workspace.journal.calls("users.info")) > calls)
        workspace.people["U0MINA"] = replace(workspace.people["U0MINA"], guest="multi-channel")
        assert "guest" in heard(await mina.types("/case reveal 1 why"))
        assert "guest" not in heard(await export)
