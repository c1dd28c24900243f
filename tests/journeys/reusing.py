"""Answers that are kept, found and used: what journeys about them have in common."""

from bot.sandbox.driver import Message, Person, View
from tests.journeys.answering import Desk
from tests.running import Page, case_number

WORDS = "Hi @jane, we are on it & write again today."
KEEP = "Keep this answer"


def anna_keeps(page: Page) -> None:
    page["roles"]["coordinator"] = ["U0ANNA"]


async def form_of(desk: Desk) -> View:
    """Once her answer stands there, by the button under the message that says so."""
    await desk.sends(WORDS)
    told = await desk.told("stands there now")
    form = await desk.anna.clicks(KEEP, on=told)
    assert isinstance(form, View), form
    return form


async def kept(desk: Desk, *, title: str = "On it", topic: str = "billing") -> View:
    shown = await desk.anna.submits(await form_of(desk), {"title": title, "topic": topic})
    assert isinstance(shown, View), shown
    return shown


async def another(desk: Desk, handle: str = "mia") -> tuple[Person, int]:
    """Ben holds the case of another customer."""
    said = f"@acme refund for {handle}"
    card = await desk.house.card(handle, said, channel="#care-billing", seen=f"refund for {handle}")
    ben, number = await desk.house.enrolled("ben"), case_number(card)
    await ben.types(f"/claim {number}")
    return ben, number


async def found(person: Person, number: int, words: str = "") -> Message:
    """What they find, with its buttons."""
    await person.types(f"/reply find {number} {words}")
    return [each for each in person.messages("#care-general") if each.ephemeral][-1]


async def presses(person: Person, label: str, *, on: Message, hears: str) -> Message:
    """The answer follows the press, for their eyes only."""
    await person.clicks(label, on=on)
    return await person.sees(hears, channel="#care-general", timeout=10)


async def forgets(desk: Desk) -> None:
    listed = await found(desk.anna, desk.number)
    await presses(desk.anna, "Forget", on=listed, hears="nobody finds it now")


def field(form: View, block_id: str) -> str:
    (element,) = [each["element"] for each in form.blocks if each.get("block_id") == block_id]
    chosen = element.get("initial_option", {}).get("value")
    return str(element.get("initial_value") or chosen or "")
