"""The pictures of the README and of docs/surfaces.md, made anew by `python -m tests.pictures`.

Moments of a real demo: faces of a card, forms, the Home tab, storms and errors, at a desk and on
a phone.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from bot.logs import set_up_logs
from bot.sandbox.x_oauth import OUR_ACCOUNT
from tests.album import Album, albums
from tests.browsing import DESK, PHONE, Newcomer, chromium
from tests.fixtures.peers import PROGRAMS
from tests.journeys.storming import STORMY
from tests.pictures_of_answers import ANSWERS, answers, strict
from tests.running import PROJECT, Running, Wandering, running
from tests.scenes import FACES, FORMS, HOMES, blanking, closed, every_face, scene
from tests.scenes_rare import (
    STRANGERS,
    broken,
    listed,
    nothing_found,
    refused,
    storm,
    storm_over,
    strangers,
)

FOLDER = PROJECT / "docs" / "pictures"
SURFACES = PROJECT / "docs" / "surfaces.md"
MOST_BYTES = 200_000
JANE = "charged me twice"
SECRET = "Her card is 4111 1111 1111 1111, please call back."


async def at_the_desk(house: Running, browser: Browser) -> None:
    one = await Newcomer.arrives(browser, house.sandbox.base_url, DESK)
    await one.page.locator("#steps-close").click()
    await one.opens("care-billing")
    await one.types("/lookup @jane")
    await one.reads("Customer since", of="ephemeral")
    await house.card("mia", "@acme is your app down again?", channel="#care-outage")
    await one.page.locator(".channel.news", has_text="care-outage").wait_for()
    await one.page.locator("#toast").wait_for(state="hidden", timeout=15_000)
    await one.page.screenshot(path=FOLDER / "demo.png")


async def on_a_phone(house: Running, browser: Browser) -> None:
    one = await Newcomer.arrives(browser, house.sandbox.base_url, PHONE)
    await one.opens("care-billing")
    await one.card(JANE).evaluate("card => card.scrollIntoView()")
    await one.page.screenshot(path=FOLDER / "phone.png")


async def usual_days(house: Running, album: Album) -> None:
    anna, sam = house.person("anna"), house.person("sam")
    await album.opens("care-billing")
    for face, number in FACES.items():
        await album.shoots(f"face-{face.replace(' ', '-')}", at=f"Case {number} · billing")
    for name, opens in FORMS.items():
        await opens(house)
        await album.shoots_form(f"form-{name}")
        await closed(anna)
        await album.shut()
    await album.asked_before("Resolve", on="Case 5 · billing", name="form-sure")
    # Of somebody who has yet to accept it: it comes up with the first claim.
    await album.becomes("Sam")
    await sam.types("/claim 2", channel="#random")
    await album.shoots_form("form-guidebook")
    await closed(sam)
    await album.shut()
    await album.becomes("Cora")
    await blanking(house)
    await album.shoots_form("form-blank")
    await closed(house.person("cora"))
    await album.shut()
    for name, person in HOMES.items():
        await house.person(person.casefold()).opens_home()
        await album.shoots_home(name, person)


async def bad_days(house: Running, album: Album) -> None:
    anna = house.person("anna")
    await album.becomes("Anna")
    for shown in album.pages:
        await FORMS["handoff"](house)
        await shown.sends_off(SECRET)
        await album.shoots_one(shown, "error-in-a-form")
        await closed(anna)
        await album.shut()
    await refused(house)
    await album.opens("care-billing")
    await album.shoots("error-refused")
    await broken(house)
    await album.shoots("error-with-a-reference")


async def storms(house: Running, album: Album, clock: Wandering) -> None:
    await house.person("ben").opens_home()
    await album.shoots_home("empty-home", "Ben")
    await nothing_found(house)
    await album.opens("care-billing")
    await album.shoots("empty-nothing-found")
    await strangers(house)
    for name, (handle, _, _) in STRANGERS.items():
        await album.shoots(f"words-{name}", at=f"@{handle}")
    raging = await storm(house)
    await album.opens("care-outage")
    await album.shoots("storm-raging", at="Storm ·")
    await listed(house, raging)
    await album.shoots("storm-list")
    await storm_over(house, clock)
    await album.shoots("storm-ended", at="The storm is over")


NAMES = (
    *(f"face-{face.replace(' ', '-')}" for face in FACES),
    *("storm-raging", "storm-list", "storm-ended"),
    *(f"form-{name}" for name in FORMS),
    *("form-sure", "form-guidebook", "form-blank", *HOMES),
    *("empty-home", "empty-nothing-found"),
    *("error-in-a-form", "error-refused", "error-with-a-reference"),
    *(f"words-{name}" for name in STRANGERS),
    *ANSWERS,
)
"""In the order in which docs/surfaces.md shows them."""


@asynccontextmanager
async def housed(clock: Wandering, **more: Any) -> AsyncIterator[Running]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = f"sqlite:///{home / 'usher.db'}"
        async with running(home, url, clock=clock, weather=STORMY, canaries=None, **more) as house:
            yield house


async def take(program: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with chromium(program) as browser:
        async with housed(Wandering()) as house:
            await scene(house)
            await at_the_desk(house, browser)
            await on_a_phone(house, browser)
        clock = Wandering()
        async with housed(clock) as house:
            await every_face(house, clock)
            async with albums(browser, house, FOLDER) as album:
                await usual_days(house, album)
                await bad_days(house, album)
        clock = Wandering()
        async with housed(clock) as house, albums(browser, house, FOLDER) as album:
            await storms(house, album, clock)
        strictly = housed(Wandering(), change=strict, environ=dict(OUR_ACCOUNT))
        async with strictly as house, albums(browser, house, FOLDER) as album:
            await answers(house, album)


def page() -> str:
    """docs/surfaces.md, from the very list the pictures are taken by."""
    rows = "\n".join(
        f"| {name.replace('-', ' ')} | ![](pictures/{name}.desk.jpg) "
        f"| ![](pictures/{name}.phone.jpg) |"
        for name in NAMES
    )
    return f"""# What colleagues see

Every face of a card, a storm, every form, the Home tab (Anna's, that of Cora, who is a
coordinator, and that of Ben, who is away), empty places, errors, and words that are hard to set,
at a desk and on a phone. Made by `python -m tests.pictures`.

| Surface | At a desk | On a phone |
| --- | --- | --- |
{rows}
"""


def main() -> str | None:
    """None, or a sentence that says what is wrong."""
    set_up_logs(level=40)
    program = next(filter(None, map(shutil.which, PROGRAMS["chromium"])), None)
    if program is None:
        return "The pictures are taken with chromium, which is not here: apt install chromium."
    asyncio.run(take(program))
    SURFACES.write_text(page(), encoding="utf-8")
    sizes = {each.name: each.stat().st_size for each in sorted(FOLDER.iterdir())}
    heavy = [name for name, size in sizes.items() if size > MOST_BYTES]
    return f"Too heavy for a README: {', '.join(heavy)}" if heavy else None


if __name__ == "__main__":
    sys.exit(main())
