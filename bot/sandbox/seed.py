"""Who and what every sandbox starts with; ids are stable, so that tests can name them."""

from dataclasses import replace

from bot.sandbox.accounts import Account, Group
from bot.sandbox.records import Channel

TEAM, OTHER_TEAM, TEAM_NAME, TEAM_DOMAIN = "T0USHER", "T0OTHER", "Acme", "acme"
ENTERPRISE, ENTERPRISE_NAME, SISTER_TEAM = "E0USHER", "Acme Group", "T0SISTER"
"""The organisation of a workspace on Enterprise Grid, and another workspace of it."""
APP, BOT_USER, BOT = "A0USHER", "U0USHER", "B0USHER"

STAFF = (
    Account("U0ANNA", "anna", "Anna Berg"),
    Account("U0BEN", "ben", "Ben Okafor"),
    Account("U0SAM", "sam", "Sam Rivera"),
    Account("U0CORA", "cora", "Cora Lind"),
    Account("U0MINA", "mina", "Mina Sato"),
)
GUS = Account("U0GUS", "gus", "Gus Guest", guest="single-channel")
ROSA = Account("U0ROSA", "rosa", "Rosa Vale", guest="multi-channel")
IDA = Account("W0IDA", "ida", "Ida Sister", team_id=SISTER_TEAM, enterprise_id=ENTERPRISE)
EVE = Account("U0EVE", "eve", "Eve Other", team_id=OTHER_TEAM)
USHER = Account(BOT_USER, "usher", "Usher", bot=True)


def people(*, grid: bool = False) -> dict[str, Account]:
    """With `grid` all are of one organisation, but for Eve, who is of another one."""
    lived = [*STAFF, GUS, ROSA, EVE, USHER]
    if grid:
        ours = [replace(each, enterprise_id=ENTERPRISE) for each in lived if not each.stranger]
        lived = [*ours, IDA, replace(EVE, enterprise_id="E0OTHER")]
    return {person.id: person for person in lived}


def groups() -> dict[str, Group]:
    coordinators = Group("S0COORD", "coordinators", "Coordinators", ["U0CORA"])
    managers = Group("S0MANAGERS", "managers", "Managers", ["U0MINA"])
    service = Group("S0SERVICE", "service", "Service", ["U0SAM"])
    return {group.id: group for group in (coordinators, managers, service)}


def channels() -> dict[str, Channel]:
    staff = [person.id for person in STAFF]
    everyone = [BOT_USER, *staff]
    made = (
        Channel("C0GENERAL", "care-general", [*everyone, ROSA.id]),
        Channel("C0BILLING", "care-billing", [*everyone, GUS.id, ROSA.id]),
        Channel("C0OUTAGE", "care-outage", [*everyone]),
        Channel("C0MANAGERS", "managers", [*everyone]),
        Channel("C0ARCHIVED", "archived", [*everyone], archived=True),
        Channel("C0RANDOM", "random", [*staff]),
    )
    return {channel.id: channel for channel in made}
