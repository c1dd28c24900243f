"""Two persons are two persons: who may answer, how often, and for how long; and what follows."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.model.ids import ApprovalId
from bot.sandbox.driver import Errors, View
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.journeys.approving import (
    CARD,
    LIFT,
    approves,
    asked,
    asking,
    card,
    on_hold,
    recorded,
    says_no,
    says_why,
    says_yes,
)
from tests.running import Mode, Wandering, heard


async def test_two_persons_say_yes_and_it_is_done(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with asking(tmp_path, database_url, mode=mode) as house:
        await asked(house)
        assert await on_hold(house)
        shown = await card(house, "mina")
        assert "We do not know yet how long it takes." in shown.words
        assert "Sam Rivera" in shown.words
        assert "1 of 2 have said yes" in await says_yes(house, "mina")
        assert await on_hold(house)
        await house.person("cora").sees("Mina Sato said yes", channel="@usher", timeout=10)
        assert "Your yes counts. It is lifted." in await says_yes(house, "cora")
        assert not await on_hold(house)
        told = await house.person("sam").sees("said yes:", channel="@usher", timeout=10)
        assert "Mina Sato and Cora Lind" in told.words
        for name in ("mina", "cora", "anna"):
            over = await house.person(name).sees("Approved", channel="@usher", timeout=10)
            assert over.buttons == []
            assert "Mina Sato said yes" in over.words
            assert "Cora Lind said yes" in over.words
        for action in ("approval.asked", "approval.granted", "hold.set", "hold.lifted"):
            await recorded(database_url, action, 1)
        await recorded(database_url, "approval.approved", 2)
        assert (await house.usher.verify()).broken == ()


async def test_nobody_answers_twice_nor_what_they_asked_for(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    channel = "#managers"
    principals, coordinator = ("U0CORA", "U0MINA", "U0ANNA"), "@coordinators"
    async with asking(
        tmp_path, database_url, *principals, coordinator=coordinator, channel=channel, mode=mode
    ) as house:
        await asked(house, by="cora")
        own = await says_yes(house, "cora", channel=channel)
        assert "You asked for this yourself" in own
        assert "Rule: never-your-own" in await says_why(house, "cora", own)
        stranger = await says_yes(house, "sam", channel=channel)
        assert "you are none here" in stranger
        assert "Rule: approvals-by-role" in await says_why(house, "sam", stranger)
        assert "1 of 2" in await says_yes(house, "mina", channel=channel)
        again = await says_yes(house, "mina", channel=channel)
        assert "answered this already" in again
        assert "Rule: approval-twice" in await says_why(house, "mina", again)
        assert await on_hold(house)
        shown = await card(house, "anna", channel=channel)
        assert "is lifted" in await approves(house, "anna", shown, channel=channel)
        over = await house.person("anna").sees("Approved", channel=channel, timeout=10)
        assert over.ts == shown.ts
        assert await count(database_url, "approval_answers") == 2


async def test_two_who_press_at_once_count_one_another(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with asking(tmp_path, database_url, mode=mode) as house:
        await asked(house)
        pressed = [await card(house, name) for name in ("mina", "cora", "anna")]
        said = await asyncio.gather(
            *(
                approves(house, name, shown)
                for name, shown in zip(("mina", "cora", "anna"), pressed, strict=True)
            )
        )
        assert sum("1 of 2" in each for each in said) == 1
        assert sum("It is lifted." in each for each in said) == 1
        assert sum("approved already" in each for each in said) == 1
        await recorded(database_url, "hold.lifted", 1)


async def test_a_no_needs_a_reason_and_ends_it(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with asking(tmp_path, database_url, mode=mode) as house:
        await asked(house)
        assert "1 of 2" in await says_yes(house, "mina")
        assert isinstance(await says_no(house, "cora", "…"), Errors)
        assert isinstance(await says_no(house, "cora", "It is not over yet."), View)
        told = await house.person("sam").sees("Cora Lind said no", channel="@usher", timeout=10)
        assert "It is not over yet." in told.words
        over = await house.person("anna").sees("Rejected", channel="@usher", timeout=10)
        assert "It is not over yet." in over.words
        assert over.buttons == []
        assert await on_hold(house)
        # What she asks for now is asked anew, and nobody's former yes counts.
        assert "two other persons" in heard(await house.person("sam").types(LIFT))
        assert "1 of 2" in await says_yes(house, "anna")


async def test_a_yes_of_somebody_who_left_does_not_count(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with asking(tmp_path, database_url, mode=mode) as house:
        await asked(house)
        assert "1 of 2" in await says_yes(house, "mina")
        await house.person("sam").deactivates("mina")

        async def known() -> bool:
            roll_call = house.usher.care.approvals.roll_call
            found = await roll_call.people.who(roll_call.workspace, "U0MINA")
            return found.membership == "gone"

        await until_told(known)
        assert "1 of 2" in await says_yes(house, "cora")
        assert await on_hold(house)
        assert "It is lifted." in await says_yes(house, "anna")


async def test_a_yes_of_somebody_who_lost_the_role_does_not_count(
    tmp_path: Path, database_url: str
) -> None:
    channel = "#managers"
    async with asking(tmp_path, database_url, channel=channel) as house:
        await asked(house)
        assert "1 of 2" in await says_yes(house, "mina", channel=channel)
    # A pinned role is lost by a change of app.yaml. The card's channel is a new one here.
    async with asking(tmp_path, database_url, "U0CORA", "U0ANNA") as house:
        await house.usher.care.settling.settle(ApprovalId(1))
        assert "1 of 2" in await says_yes(house, "cora")
        assert await on_hold(house)
        assert "It is lifted." in await says_yes(house, "anna")


async def test_it_reminds_once_and_then_it_is_over(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    clock = Wandering()
    async with asking(tmp_path, database_url, mode=mode, clock=clock) as house:
        await asked(house)
        shown, theirs = await card(house, "mina"), await card(house, "cora")
        for _ in range(2):
            clock.off += timedelta(hours=6, minutes=5)
            await house.usher.care.settling.look()
        await house.person("sam").sees("Those who may were reminded", channel="@usher", timeout=10)
        for name in ("mina", "cora", "anna"):
            await house.person(name).sees("waits for your yes or no", channel="@usher", timeout=10)
        clock.off += timedelta(hours=1)
        await house.usher.care.settling.look()
        await recorded(database_url, "approval.reminded", 1)

        clock.off += timedelta(hours=12)
        # She is faster than the clock's next look: it is over all the same.
        late = await approves(house, "mina", shown)
        assert "The time to answer this is over" in late
        assert "Rule: approval-expired" in await says_why(house, "mina", late)
        cora = house.person("sam")
        told = await cora.sees("Nobody answered in time", channel="@usher", timeout=10)
        assert CARD in told.words

        async def says_so() -> bool:
            (over,) = [m for m in house.person("cora").messages("@usher") if m.ts == theirs.ts]
            return "Nobody answered in time" in over.words and not over.buttons

        await until_told(says_so)
        assert await on_hold(house)
