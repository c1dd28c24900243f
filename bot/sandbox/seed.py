"""Who and what every sandbox starts with; ids are stable, so that tests can name them."""

from bot.sandbox.accounts import Account, Group
from bot.sandbox.records import Channel

TEAM, OTHER_TEAM, TEAM_NAME, TEAM_DOMAIN = "T0USHER", "T0OTHER", "Acme", "acme"
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
EVE = Account("U0EVE", "eve", "Eve Other", team_id=OTHER_TEAM)
USHER = Account(BOT_USER, "usher", "Usher", bot=True)


def people() -> dict[str, Account]:
    return {person.id: person for person in (*STAFF, GUS, ROSA, EVE, USHER)}


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
