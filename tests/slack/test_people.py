"""Who somebody is, as Slack tells it; what is not told counts against them."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.model.person import Membership, Workspace
from bot.slack.people import People
from bot.slack.standing import membership_of
from bot.slack.workspace import whoami
from tests.faults.waiting import until
from tests.slack.conftest import Loopback
from tests.unlisted import unlisted

HERE = Workspace("T0USHER")
GRID = Workspace("T0USHER", "E0")
ROLES = {
    "coordinator": ("@coordinators",),
    "manager": ("S0MANAGERS",),
    "service": ("U0SAM", "@no-such-group"),
    "all": ("@managers", "@coordinators"),
}
UNTOLD = {"id": "U1", "team_id": "T0USHER", "deleted": False}
MEMBER = UNTOLD | {"is_restricted": False, "is_ultra_restricted": False}


@pytest.mark.parametrize(
    ("user_id", "name", "membership", "roles"),
    [
        ("U0ANNA", "Anna Berg", Membership.MEMBER, set()),
        ("U0CORA", "Cora Lind", Membership.MEMBER, {"coordinator", "all"}),
        ("U0MINA", "Mina Sato", Membership.MEMBER, {"manager", "all"}),
        ("U0SAM", "Sam Rivera", Membership.MEMBER, {"service"}),
        ("U0GUS", "Gus Guest", Membership.GUEST, set()),
        ("U0EVE", "Eve Other", Membership.OUTSIDER, set()),
        ("U0USHER", "Usher", Membership.BOT, set()),
        ("U0NOBODY", "U0NOBODY", Membership.UNKNOWN, set()),
    ],
)
async def test_everybody_is_who_slack_says(
    slack: Loopback, user_id: str, name: str, membership: Membership, roles: set[str]
) -> None:
    await slack.sandbox.person("anna").shares("#care-general", with_="eve")
    person = await People(slack.client, roles=ROLES).who(HERE, user_id, home_team=None)
    assert (person.name, person.membership, person.roles) == (name, membership, roles)


@pytest.mark.parametrize(
    ("told", "workspace", "home_team", "membership"),
    [
        (MEMBER, HERE, None, Membership.MEMBER),
        (MEMBER, HERE, "T0USHER", Membership.MEMBER),
        (MEMBER, HERE, "T0OTHER", Membership.OUTSIDER),
        (MEMBER | {"team_id": "T0OTHER"}, HERE, None, Membership.OUTSIDER),
        (MEMBER | {"is_stranger": True}, HERE, None, Membership.OUTSIDER),
        (MEMBER | {"is_restricted": True}, HERE, None, Membership.GUEST),
        (MEMBER | {"is_ultra_restricted": True}, HERE, None, Membership.GUEST),
        (MEMBER | {"deleted": True}, HERE, None, Membership.GONE),
        (MEMBER | {"is_bot": True}, HERE, None, Membership.BOT),
        (MEMBER | {"id": "USLACKBOT"}, HERE, None, Membership.BOT),
        ({}, HERE, None, Membership.UNKNOWN),
        ({"id": "U1", "team_id": "T0USHER"}, HERE, None, Membership.UNKNOWN),
        ({"id": "U1", "deleted": False}, HERE, None, Membership.UNKNOWN),
        (UNTOLD, HERE, None, Membership.UNKNOWN),
        (UNTOLD | {"is_restricted": False}, HERE, None, Membership.UNKNOWN),
        (UNTOLD | {"is_ultra_restricted": False}, HERE, None, Membership.UNKNOWN),
        (UNTOLD | {"team_id": "T0OTHER"}, HERE, None, Membership.OUTSIDER),
        (MEMBER, Workspace(""), None, Membership.OUTSIDER),
        (
            MEMBER | {"team_id": "T0SISTER", "enterprise_user": {"enterprise_id": "E0"}},
            GRID,
            "T0SISTER",
            Membership.MEMBER,
        ),
        (
            MEMBER | {"team_id": "T0X", "enterprise_user": {"enterprise_id": "E1"}},
            GRID,
            None,
            Membership.OUTSIDER,
        ),
    ],
)
def test_membership_is_read_from_what_slack_tells(
    told: dict[str, Any], workspace: Workspace, home_team: str | None, membership: Membership
) -> None:
    assert membership_of(told, workspace, home_team=home_team) is membership


async def test_slack_is_asked_once_for_fifty_presses(slack: Loopback) -> None:
    people = People(slack.client, roles=ROLES)
    await asyncio.gather(*(people.who(HERE, "U0ANNA", home_team=None) for _ in range(50)))
    await people.who(HERE, "U0CORA", home_team=None)
    assert len(slack.calls("users.info")) == 2
    assert len(slack.calls("usergroups.list")) == 1


async def test_groups_are_not_asked_where_no_role_needs_them(slack: Loopback) -> None:
    people = People(slack.client, roles={"service": ("U0SAM",)})
    assert (await people.who(HERE, "U0SAM", home_team=None)).roles == {"service"}
    assert slack.calls("usergroups.list") == []


async def test_no_answer_is_nobody_and_is_asked_again(slack: Loopback) -> None:
    people = People(slack.client, roles=ROLES)
    slack.fault("users.info", "503")
    slack.fault("usergroups.list", "error:missing_scope")
    assert (await people.who(HERE, "U0CORA")).membership is Membership.UNKNOWN
    assert (await people.who(HERE, "U0CORA")).roles == {"coordinator", "all"}


@pytest.mark.parametrize("fault", ["503", "error:missing_scope"])
async def test_groups_that_are_not_told_give_no_role_and_exclude_none(
    slack: Loopback, fault: str
) -> None:
    slack.fault("usergroups.list", fault)
    people = People(slack.client, roles={**ROLES, "own": ("U0CORA",)})
    person = await people.who(HERE, "U0CORA")
    assert (person.membership, person.roles) == (Membership.MEMBER, {"own"})
    assert person.unsure == {"coordinator", "manager", "service", "all"}
    # Asked again: of a group that is not there nothing is known still, except who is named beside.
    assert (await people.who(HERE, "U0CORA")).unsure == {"service"}
    assert (await people.who(HERE, "U0SAM")).unsure == frozenset()


async def test_of_who_is_no_member_no_role_is_unsure(slack: Loopback) -> None:
    slack.fault("usergroups.list", "503")
    assert (await People(slack.client, roles=ROLES).who(HERE, "U0GUS")).unsure == frozenset()


async def test_one_visitor_who_leaves_does_not_take_the_answer_from_the_other(
    slack: Loopback,
) -> None:
    people = People(slack.client, roles={})
    slack.fault("users.info", "delay:0.3")
    leaving = asyncio.create_task(people.who(HERE, "U0ANNA"))
    staying = asyncio.create_task(people.who(HERE, "U0ANNA"))
    await asyncio.sleep(0.1)
    leaving.cancel()
    assert (await staying).name == "Anna Berg"


def passes(seconds: float) -> None:
    """On the loop's clock, by which it is remembered."""
    loop = asyncio.get_running_loop()
    told = loop.time
    loop.time = lambda: told() + seconds  # type: ignore[method-assign]  the one clock asked


async def test_who_was_known_a_while_ago_is_while_slack_is_busy_or_away(slack: Loopback) -> None:
    people = People(slack.client, roles={})
    unlisted(slack.sandbox)
    await people.who(HERE, "U0ANNA")
    await people.who(HERE, "U0BEN")
    passes(600)
    slack.fault("users.info", "503", times=2)
    assert (await people.who(HERE, "U0ANNA")).membership is Membership.MEMBER
    # What cannot be taken back goes by what Slack says now.
    assert (await people.who(HERE, "U0ANNA", anew=True)).membership is Membership.UNKNOWN
    slack.fault("users.info", "429:1000")
    assert (await people.who(HERE, "U0ANNA")).membership is Membership.MEMBER
    people.forget("U0ANNA")
    assert (await people.who(HERE, "U0ANNA")).membership is Membership.UNKNOWN
    passes(301)
    assert (await people.who(HERE, "U0BEN")).membership is Membership.UNKNOWN


async def test_what_is_told_is_as_old_as_the_question(slack: Loopback) -> None:
    people = People(slack.client, roles={})
    slack.fault("users.info", "hold:0.5")
    await people.who(HERE, "U0ANNA")
    passes(299.6)
    await people.who(HERE, "U0ANNA")
    assert len(slack.calls("users.info")) == 2


async def test_the_list_tells_of_members_and_the_others_are_asked_about(slack: Loopback) -> None:
    accounts = slack.sandbox.workspace.people
    accounts |= {
        each: replace(accounts["U0ANNA"], id=each) for each in map("U0M{}".format, range(600))
    }
    people = People(slack.client, roles={})
    slack.fault("users.list", "hold:0.3")
    reading = asyncio.create_task(people.read_everybody(HERE))
    await until(lambda: bool(slack.calls("users.list")))
    # Slack saw him before he changed, and says so afterwards.
    people.forget("U0BEN")
    await reading
    assert len(slack.calls("users.list")) == 2
    for user_id in ("U0ANNA", "U0M599"):
        person = await people.who(HERE, user_id)
        told = (person.name, person.membership, person.zone)
        assert told == ("Anna Berg", Membership.MEMBER, accounts["U0ANNA"].timezone)
    assert slack.calls("users.info") == []
    for user_id, membership in (("U0BEN", Membership.MEMBER), ("U0GUS", Membership.GUEST)):
        assert (await people.who(HERE, user_id)).membership is membership
    assert len(slack.calls("users.info")) == 2


async def test_a_list_that_does_not_come_is_asked_for_the_next_time(slack: Loopback) -> None:
    people = People(slack.client, roles={})
    slack.fault("users.list", "503")
    for _ in "abc":
        await people.read_everybody(HERE)
    assert len(slack.calls("users.list")) == 2
    await slack.sandbox.person("cora").makes_guest("ben", "multi-channel")
    assert (await people.who(HERE, "U0BEN")).membership is Membership.MEMBER
    passes(200)
    # Nobody told us: the list does, at the latest.
    await people.read_everybody(HERE)
    assert (await people.who(HERE, "U0BEN")).membership is Membership.GUEST


async def test_too_many_who_come_at_once_share_the_list(slack: Loopback) -> None:
    people = People(slack.client, roles={})
    slack.fault("users.info", "429:30", times=5)
    names = ("U0ANNA", "U0BEN", "U0CORA", "U0MINA", "U0SAM")
    came = await asyncio.gather(*(people.who(HERE, each) for each in names))
    assert {person.membership for person in came} == {Membership.MEMBER}
    assert len(slack.calls("users.list")) == 1


async def test_the_workspace_of_the_token(slack: Loopback) -> None:
    assert await whoami(slack.client) == HERE
