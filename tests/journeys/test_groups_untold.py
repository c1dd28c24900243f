"""While Slack does not tell who is in which group: nothing is opened by it, and nothing is lost."""

from pathlib import Path

from tests.faults.databases import count, rows
from tests.faults.waiting import until, until_told
from tests.fixtures.houses import EACH, once_each, only_on
from tests.journeys.answering import answering
from tests.journeys.approving import asked, asking, on_hold, ours, recorded, says_why, says_yes
from tests.running import Mode, Running, case_number, heard, running

NOTES = """rules:
  - id: service-notes-elsewhere
    effect: deny
    actions: [case.note]
    when: {role: service}
    why: Your notes go into your own system.
    next: Write it there.
"""
SENDS = NOTES.replace("service-notes", "service-sends").replace("case.note", "reply.send")
AGREES = ("case.note", "approval.answer")
UNSURE = {
    "who agreed": (
        ("rules:\n", NOTES.replace("service-notes", "service-agrees").replace(*AGREES)),
        ("manager, service, privacy, auditor], request", "manager, privacy, auditor], request"),
    ),
    "who wrote": (("rules:\n", SENDS),),
}
GROUPS = "usergroups.list"
WORDS = "We are on it."
SIGNED = f"{WORDS} – Anna, works at Acme"


def groups_asked(house: Running) -> list[object]:
    return list(house.sandbox.workspace.journal.calls(GROUPS))


async def asks_again(house: Running) -> None:
    """As when Slack tells that a group changed."""
    await house.usher.care.roles.told()


async def tells_no_groups(house: Running) -> None:
    house.sandbox.workspace.faults.inject(GROUPS, kind="503", times=1000)
    await asks_again(house)


async def tells_them_again(house: Running) -> None:
    house.sandbox.workspace.faults.clear()
    await asks_again(house)


async def tries(database_url: str) -> int:
    ((begun,),) = await rows(database_url, "SELECT attempts FROM deliveries WHERE kind = 'reply'")
    return int(begun)


async def tried_since(database_url: str, begun: int) -> bool:
    return await tries(database_url) > begun


@once_each("why", ["not told", "disabled"], EACH)
async def test_what_a_group_is_denied_is_not_open_to_it_where_nobody_tells(
    tmp_path: Path, database_url: str, why: str
) -> None:
    change = ours(tmp_path, ("rules:\n", NOTES))
    async with running(tmp_path, database_url, change=change) as house:
        card = await house.card("jane", "@acme refund now", channel="#care-billing")
        anna, sam = await house.enrolled("anna"), house.person("sam")
        note = f"/case note {case_number(card)} she called"
        assert "own system" in heard(await sam.types(note))
        if why == "not told":
            await tells_no_groups(house)
        else:
            house.sandbox.workspace.groups["S0SERVICE"].disabled_at = 1
            await asks_again(house)
        no = heard(await sam.types(note))
        assert "Slack does not tell me just now who is in which group" in no
        assert "try again in a minute" in no
        assert "Rule: groups-untold" in await says_why(house, "sam", no)
        assert "Slack does not tell me" in heard(await anna.types(note)), "nobody knows of her"
        assert await count(database_url, "notes") == 0
        # What no rule takes away by such a role goes on.
        heard(await anna.types(f"/claim {case_number(card)}"))
        await recorded(database_url, "case.claimed", 1)
        house.sandbox.workspace.groups["S0SERVICE"].disabled_at = 0
        await tells_them_again(house)
        assert "own system" in heard(await sam.types(note))
        await anna.types(note)
        await recorded(database_url, "case.noted", 1)


@once_each("unsure", UNSURE, EACH)
async def test_an_approved_answer_waits_while_nobody_tells_and_is_not_lost(
    tmp_path: Path, database_url: str, mode: Mode, unsure: str
) -> None:
    change = ours(tmp_path, *UNSURE[unsure])
    async with answering(tmp_path, database_url, mode, change=change) as desk:
        house, cora = desk.house, desk.house.person("cora")
        await house.usher.care.roles.look()
        await desk.sends(WORDS)
        await cora.types("/usher hold billing We do not know yet.")
        await recorded(database_url, "hold.set", 1)
        assert "goes out after that" in await says_yes(house, "mina", words=SIGNED)
        await desk.told("waits:")
        await tells_no_groups(house)
        # Until another try has begun: one under way was told a moment ago, and may go on.
        begun = await tries(database_url)
        await until_told(lambda: tried_since(database_url, begun))
        await cora.types("/usher lift billing")
        await recorded(database_url, "hold.lifted", 1)
        before = len(groups_asked(house))
        await until(lambda: len(groups_asked(house)) > before + 1)
        assert desk.ours() == []
        await tells_them_again(house)
        await desk.one_stands(WORDS)
        await recorded(database_url, "approval.asked", 1)
        await recorded(database_url, "approval.granted", 1)


@only_on(EACH[0])
async def test_what_a_group_may_ask_for_is_not_void_while_nobody_tells(
    tmp_path: Path, database_url: str
) -> None:
    async with asking(tmp_path, database_url) as house:
        await asked(house)
        await says_yes(house, "mina")
        await tells_no_groups(house)
        assert "cannot" in await says_yes(house, "cora")
        await recorded(database_url, "approval.voided", 0)
        await tells_them_again(house)
        await says_yes(house, "cora")
        assert not await on_hold(house)
