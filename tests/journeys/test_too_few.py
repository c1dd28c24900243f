"""Nobody is left who may say yes: who waits hears of it at once, and those who can name more."""

from dataclasses import replace
from pathlib import Path

from bot.model.ids import ApprovalId
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.journeys.answering import answering
from tests.journeys.approving import card, recorded
from tests.journeys.test_setup import by_hand
from tests.running import Mode, Page, heard

WORDS = "We are on it."
LEFT = "nobody is left who may say it"
THIN = (
    "Only 1 person has the role approver, not counting who has platform too and so approves "
    "nothing: what they ask for themselves"
)


def one_approver(page: Page) -> None:
    """But for Ben, who looks after the platform: his yes would count for nothing."""
    page["roles"] |= {"approver": ["U0CORA", "U0BEN"], "coordinator": ["U0MINA"]}
    page["roles"]["platform"] = ["U0BEN"]


async def test_the_only_one_who_may_say_yes_leaves(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(
        tmp_path, database_url, mode, profile="standard", change=one_approver
    ) as desk:
        care, workspace = desk.house.usher.care, desk.house.sandbox.workspace
        await care.roles.look()
        mina = desk.house.person("mina")
        assert THIN in heard(await mina.types("/usher setup"))
        assert THIN in await by_hand(desk.house)
        await desk.sends(WORDS)
        await card(desk.house, "cora", words=WORDS)
        await care.settling.settle(ApprovalId(1))
        await recorded(database_url, "approval.stranded", 0)
        await mina.deactivates("cora")

        async def known() -> bool:
            return await count(database_url, "role_holders WHERE role = 'approver'") == 1

        await until_told(known)
        for _ in range(2):
            await care.settling.settle(ApprovalId(1))
        for person in (desk.anna, mina):
            told = await person.sees(LEFT, channel="@usher", timeout=10)
            assert "one other person with the role approver" in told.words
            assert len([m for m in person.messages("@usher") if LEFT in m.words]) == 1
        await recorded(database_url, "approval.stranded", 1)
        assert not desk.house.person("ben").messages("@usher")
        workspace.changed(replace(workspace.people["U0CORA"], deleted=False))
        await care.roles.look()
        await care.settling.settle(ApprovalId(1))
        await recorded(database_url, "approval.resumed", 1)
