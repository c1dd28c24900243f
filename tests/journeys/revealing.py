"""A house in which words are shown in the clear: where journeys about it begin."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.driver import View
from bot.sandbox.server import Sandbox
from tests.faults.waiting import until
from tests.running import Mode, Page, Running, Wandering, case_number, heard, running

CHANNEL = "#care-billing"
MAIL, PHONE, CARD = "jane.doe@post.example.org", "+44 7911 123456", "4111 1111 1111 1111"
POST = f"refund to {MAIL}, not to my card {CARD}"
WHAT_FOR = "What do you need it for?"
OVER = "This look is over"
NUMBERS = (MAIL, PHONE, CARD, CARD.replace(" ", ""))


@asynccontextmanager
async def revealing(
    home: Path,
    database_url: str,
    *,
    profile: str = "standard",
    mode: Mode = "socket",
    clock: Wandering | None = None,
) -> AsyncIterator[Running]:
    def change(page: Page) -> None:
        page["policy"]["profile"] = profile
        page["roles"]["privacy"] = ["U0CORA"]

    async with running(
        home, database_url, change=change, mode=mode, clock=clock or Wandering()
    ) as house:
        yield house


async def held(house: Running, name: str = "anna") -> int:
    """A case of theirs, with an address in the post and a telephone number in a note."""
    card = await house.card("jane", f"@acme {POST}", channel=CHANNEL, seen="refund to")
    assert MAIL not in card.words
    number, person = case_number(card), await house.enrolled(name)
    assert "is yours" in heard(await person.types(f"/claim {number}"))
    assert "Noted" in heard(await person.types(f"/case note {number} call her on {PHONE}"))
    return number


def on_screen(house: Running, name: str) -> str:
    """All words of the page that stands before them now."""
    view = house.person(name).view
    return "" if view is None else View.of(house.sandbox.workspace.views.find(view.id).wire).words


async def closed(house: Running, name: str) -> None:
    await until(lambda: OVER in on_screen(house, name))


def carrying(sandbox: Sandbox, secret: str) -> set[str]:
    """The methods whose calls had it in them, and `ack` for acknowledgements."""
    journal = sandbox.workspace.journal
    found = {call.method for call in journal.calls() if secret in repr(call.args)}
    return found | {"ack" for each in journal.deliveries() if secret in repr(each.ack)}
