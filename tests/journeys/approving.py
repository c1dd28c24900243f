"""A house in which the end of a hold takes two principals: where journeys about approvals begin."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.compliance.policy_file import PROFILES
from bot.sandbox.driver import Errors, Message, View
from tests.faults.databases import count
from tests.faults.waiting import until, until_told
from tests.running import ARCHIVE, Page, Running, heard, running

PRINCIPALS = ("U0MINA", "U0CORA", "U0ANNA")
HOLD = "/usher hold outage We do not know yet how long it takes."
LIFT = "/usher lift outage"
CARD = "The hold on outage is lifted"
"""What a yes leads to, on each card."""


def two_persons(*principals: str, coordinator: str, channel: str) -> Callable[[Page], None]:
    def change(page: Page) -> None:
        page["policy"]["profile"], page["archives"] = "broker", ARCHIVE
        page["roles"] |= {"coordinator": [coordinator], "service": []}
        page["roles"]["principal"] = list(principals or PRINCIPALS)
        if channel:
            page["approvals"]["channel"] = channel

    return change


@asynccontextmanager
async def asking(
    home: Path,
    database_url: str,
    *principals: str,
    coordinator: str = "@service",
    channel: str = "",
    **more: Any,
) -> AsyncIterator[Running]:
    """Sam may put topics on hold and ask for the end of it; three principals may agree."""
    change = two_persons(*principals, coordinator=coordinator, channel=channel)
    async with running(home, database_url, change=change, **more) as house:
        await house.usher.care.roles.look()
        yield house


def ours(home: Path, *changes: tuple[str, str]) -> Callable[[Page], None]:
    """The organisation's own file: the standard profile, changed."""
    text = (PROFILES / "standard.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (home / "policies").mkdir()
    (home / "policies" / "ours.yaml").write_text(text, encoding="utf-8")

    def change(page: Page) -> None:
        page["policy"]["profile"] = "policies/ours.yaml"
        page["roles"]["coordinator"] = ["U0CORA"]

    return change


async def asked(house: Running, *, by: str = "sam") -> None:
    """Outages are put on hold, and it is asked that this ends."""
    asker = house.person(by)
    assert "are on hold" in heard(await asker.types(HOLD))
    assert "It waits for the yes of two other persons" in heard(await asker.types(LIFT))


async def card(house: Running, name: str, *, channel: str = "@usher", words: str = CARD) -> Message:
    """The newest that asks: cards that are over have no buttons."""
    found: list[Message] = []

    def asks() -> bool:
        seen = [m for m in house.person(name).messages(channel) if words in m.words]
        found[:] = [m for m in seen if "Approve" in m.buttons]
        return bool(found)

    await until(asks)
    return found[-1]


async def says_yes(house: Running, name: str, *, channel: str = "@usher", words: str = CARD) -> str:
    """What they hear upon it."""
    shown = await card(house, name, channel=channel, words=words)
    return await approves(house, name, shown, channel=channel)


async def approves(house: Running, name: str, shown: Message, *, channel: str = "@usher") -> str:
    """Heard by them alone, while the card itself may change as well."""
    person = house.person(name)

    def heard_alone() -> list[Message]:
        return [each for each in person.messages(channel) if each.ephemeral]

    before = len(heard_alone())
    await person.clicks("Approve", on=shown)
    await until(lambda: len(heard_alone()) > before)
    return heard_alone()[-1].words


async def says_no(
    house: Running, name: str, reason: str, *, words: str = CARD
) -> View | Errors | None:
    shown = await card(house, name, words=words)
    form = await house.person(name).clicks("Reject…", on=shown)
    assert isinstance(form, View)
    answered = await house.person(name).submits(form, {"reason": reason})
    assert isinstance(answered, View | Errors | None)
    return answered


async def on_hold(house: Running) -> bool:
    return "on outage" in heard(await house.person("ben").types("/usher holds"))


async def recorded(database_url: str, action: str, times: int) -> None:
    async def so() -> bool:
        return await count(database_url, f"audit_events WHERE action = '{action}'") == times

    await until_told(so)


async def says_why(house: Running, name: str, refusal: str) -> str:
    """The rule behind a refusal, as /case why tells it."""
    number = refusal.partition("/case why ")[2].split()[0]
    why = heard(await house.person(name).types(f"/case why {number}"))
    # By the clock of whoever reads it.
    assert "UTC" not in why
    return why
