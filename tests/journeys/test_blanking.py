"""Story 13: what of ours is no card of a case is never taken for one when it shall be blanked."""

from pathlib import Path

from bot.sandbox.driver import Message, Person
from tests.faults.databases import count, locked
from tests.journeys.storming import OUTAGE, STORMY, outage
from tests.running import Mode, Running, heard, running


async def refused(person: Person, on: Message, *, channel: str, database_url: str) -> None:
    """With a sentence, and no card of any case changes."""
    await person.uses("Blank this card", on=on)
    await person.sees("That is no card of a case", channel=channel, timeout=10)
    assert await count(database_url, "audit_events WHERE action = 'card.blanked'") == 0
    assert await count(database_url, "deliveries WHERE kind = 'orphan'") == 0


async def test_a_storms_number_is_no_number_of_a_case(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with running(tmp_path, database_url, mode=mode, weather=STORMY) as house:
        rolling, cora = await outage(house, 6), house.person("cora")
        assert {"Take the next one", "Show the list"} <= set(rolling.buttons)
        assert "Case 1" in heard(await cora.types("/case 1"))
        await refused(cora, rolling, channel=OUTAGE, database_url=database_url)


async def released_on_the_home_tab(house: Running) -> Message:
    """Cora's only direct message: the answer to her press."""
    cora = await house.enrolled("cora")
    await cora.types("/case new @jane wants an offer")
    home = await cora.opens_home(timeout=8)
    assert home is not None
    await cora.clicks("Release", on=home)
    return await cora.sees("Case 1 waits for someone again", channel="@usher", timeout=10)


async def test_the_number_of_an_act_to_undo_is_no_number_of_a_case(
    house: Running, database_url: str
) -> None:
    answer = await released_on_the_home_tab(house)
    assert answer.buttons == ["Undo"]
    cora = house.person("cora")
    await refused(cora, answer, channel="@usher", database_url=database_url)


async def test_an_answer_with_the_buttons_of_a_card_is_no_card(
    house: Running, database_url: str
) -> None:
    """An answer whose address is gone comes as a direct message, and with all its buttons."""
    cora = await house.enrolled("cora")
    await cora.types("/case new @jane wants an offer")
    await cora.types("/case release 1")
    faults = house.sandbox.workspace.faults
    faults.inject("response_url", kind="error:expired_url", times=2)
    async with locked(database_url, table="visits"):
        assert "Still working" in heard(await cora.types("/case 1"))
    shown = await cora.sees("Case 1", channel="@usher", timeout=10)
    assert "Claim" in shown.buttons
    await refused(cora, shown, channel="@usher", database_url=database_url)
