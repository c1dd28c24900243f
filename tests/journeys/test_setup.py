"""/usher setup and `python -m bot check` name what is missing in Slack, and what to press."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from bot import manual
from bot.sandbox.server import Sandbox
from bot.slack.border import MESSAGES_OFF
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.fixtures.houses import EACH, only_on
from tests.running import Running, heard


async def by_hand(house: Running) -> str:
    paper = StringIO()
    await manual.check(house.usher.settings, Console(file=paper, soft_wrap=True))
    return paper.getvalue()


async def asked(house: Running) -> str:
    """What a coordinator reads, also where Slack is slow and the answer comes later."""
    return heard(await house.person("cora").types("/usher setup"))


async def test_all_is_well_line_by_line(house: Running) -> None:
    said = await asked(house)
    assert "Everything Usher needs of Slack is in place" in said
    for piece in ("Permissions", "#care-billing", "#managers", "@coordinators", "Home tab"):
        assert f"{piece}" in said
    assert "✗" not in said
    assert "✗" not in await by_hand(house)


def without_scope(sandbox: Sandbox) -> None:
    sandbox.workspace.scopes.discard("chat:write")


def without_group(sandbox: Sandbox) -> None:
    sandbox.workspace.group("@managers").handle = "bosses"


def empty_group(sandbox: Sandbox) -> None:
    sandbox.workspace.group("@service").users = []


def archived(sandbox: Sandbox) -> None:
    sandbox.workspace.channel("#care-outage").archived = True


def not_invited(sandbox: Sandbox) -> None:
    sandbox.workspace.channel("#managers").members.remove("U0USHER")


def shared(sandbox: Sandbox) -> None:
    sandbox.workspace.channel("#care-general").teams.append("T0OTHER")


def no_home(sandbox: Sandbox) -> None:
    sandbox.workspace.home_enabled = False


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (without_scope, "“chat:write”. Add what is missing under OAuth & Permissions"),
        (without_group, "There is no user group @managers"),
        (empty_group, "The user group @service is empty"),
        (archived, "The channel #care-outage is archived"),
        (not_invited, "I am not in #managers: open it in Slack and type /invite"),
        (shared, "The channel #care-general is shared with another organisation"),
        (no_home, "The Home tab is off"),
    ],
)
async def test_each_thing_that_is_missing_is_one_sentence_in_both_places(
    house: Running, break_it: Callable[[Sandbox], None], sentence: str
) -> None:
    break_it(house.sandbox)

    async def told() -> bool:
        return sentence in await asked(house)

    await until_told(told)
    said = await by_hand(house)
    assert sentence in said
    assert said.count("✗") == 1


@only_on(EACH[0])
async def test_a_direct_message_that_slack_refused_is_told_where_it_can_be(house: Running) -> None:
    workspace, cora = house.sandbox.workspace, house.person("cora")
    workspace.offer = replace(workspace.offer, messages_tab=False)
    await cora.renames("#care-outage", to="#care-trouble")

    async def told() -> bool:
        return MESSAGES_OFF in await asked(house)

    await until_told(told)
    await cora.renames("#care-trouble", to="#care-outage")

    async def nothing_else() -> bool:
        return "1 thing needs your hand" in await asked(house)

    await until_told(nothing_else)
    said = await asked(house)
    assert said.count(f"✗ {MESSAGES_OFF}") == 1
    assert MESSAGES_OFF in heard(await cora.types("/usher status"))
    assert MESSAGES_OFF in (await cora.opens_home()).words
    workspace.offer = replace(workspace.offer, messages_tab=True)
    await house.usher.care.deliveries.revive()
    await cora.sees("#care-outage is called #care-trouble now", channel="@cora", timeout=10)
    assert "Everything Usher needs of Slack is in place" in await asked(house)


async def test_who_is_no_coordinator_is_sent_to_one_and_slack_is_not_asked(house: Running) -> None:
    before = len(list(house.sandbox.workspace.journal.calls("auth.test")))
    assert "for coordinators" in heard(await house.person("anna").types("/usher setup"))
    assert len(list(house.sandbox.workspace.journal.calls("auth.test"))) == before


async def test_nobodys_home_is_overwritten(house: Running) -> None:
    cora = house.person("cora")
    home = await cora.opens_home()
    assert home is not None
    await asked(house)
    after = cora.home
    assert after is not None
    assert after.words == home.words


async def test_who_never_opened_home_finds_theirs_there(house: Running) -> None:
    cora = house.person("cora")
    assert cora.home is None
    await asked(house)
    drawn = await house.sandbox.workspace.bell.until(
        lambda: cora.home if cora.home and "Your cases" in cora.home.words else None, timeout=10
    )
    assert drawn is not None


async def test_a_home_that_is_off_is_not_drawn_in_vain(house: Running, database_url: str) -> None:
    no_home(house.sandbox)
    assert "The Home tab is off" in await asked(house)
    assert await count(database_url, "deliveries WHERE kind = 'home'") == 0
