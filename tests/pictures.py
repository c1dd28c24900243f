"""The pictures of the README and of docs/surfaces.md, made anew by `python -m tests.pictures`.

Moments of a real demo: every face of a card, every form and the Home tab, at a desk and on a phone.
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser

from bot.logs import set_up_logs
from tests.browsing import DESK, PHONE, Newcomer, chromium
from tests.fixtures.peers import PROGRAMS
from tests.running import PROJECT, Running, Wandering, running
from tests.scenes import FACES, FORMS, closed, every_face, scene

FOLDER = PROJECT / "docs" / "pictures"
SURFACES = PROJECT / "docs" / "surfaces.md"
MOST_BYTES = 200_000
JANE = "charged me twice"
QUALITY = 60
"""Of the many pictures of docs/surfaces.md, which need not weigh much."""
SIZES = {"desk": DESK, "phone": PHONE}


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


async def surfaces(house: Running, browser: Browser) -> None:
    for size, pixels in SIZES.items():
        one = await Newcomer.arrives(browser, house.sandbox.base_url, pixels)
        if await one.page.locator("#steps-close").is_visible():
            await one.page.locator("#steps-close").click()
        await _faces(one, size)
        await _forms(house, one, size)
        await _guidebook(house, one, size)
        await _home(house, one, size)
        await one.page.context.close()


async def _faces(one: Newcomer, size: str) -> None:
    await one.opens("care-billing")
    for face, number in FACES.items():
        card = one.messages.filter(has_text=f"Case {number} · billing").last
        await card.evaluate("card => card.scrollIntoView()")
        await _shoot(one, f"face-{face.replace(' ', '-')}", size)


async def _forms(house: Running, one: Newcomer, size: str) -> None:
    """The page shows whatever modal Anna has open."""
    anna = house.person("anna")
    for name, opens in FORMS.items():
        await opens(house)
        await one.modal.wait_for()
        await _shoot(one, f"form-{name}", size)
        await closed(anna)
        await one.modal.wait_for(state="detached")


async def _guidebook(house: Running, one: Newcomer, size: str) -> None:
    """Of somebody who has yet to accept it: it comes up with the first claim."""
    await one.becomes("Sam")
    sam = house.person("sam")
    await sam.types("/claim 2", channel="#random")
    await one.modal.wait_for()
    await _shoot(one, "form-guidebook", size)
    await closed(sam)
    await one.modal.wait_for(state="detached")


async def _home(house: Running, one: Newcomer, size: str) -> None:
    for name in ("Anna", "Cora"):
        await one.becomes(name)
        await house.person(name.casefold()).opens_home()
        await one.opens("Usher")
        await one.page.locator("#home").get_by_text("Your cases").wait_for()
        await _shoot(one, f"home-{name.casefold()}", size)


async def _shoot(one: Newcomer, name: str, size: str) -> None:
    await one.page.wait_for_timeout(150)
    await one.page.screenshot(path=FOLDER / f"{name}.{size}.jpg", type="jpeg", quality=QUALITY)


async def take(program: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with chromium(program) as browser:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            async with running(home, f"sqlite:///{home / 'usher.db'}") as house:
                await scene(house)
                await at_the_desk(house, browser)
                await on_a_phone(house, browser)
        with tempfile.TemporaryDirectory() as folder:
            home, clock = Path(folder), Wandering()
            async with running(home, f"sqlite:///{home / 'usher.db'}", clock=clock) as house:
                await every_face(house, clock)
                await surfaces(house, browser)


def page() -> str:
    """docs/surfaces.md, from the very lists the pictures are taken by."""
    shown = [*(f"face-{face.replace(' ', '-')}" for face in FACES)]
    shown += [*(f"form-{name}" for name in FORMS), "form-guidebook", "home-anna", "home-cora"]
    rows = "\n".join(
        f"| {name.replace('-', ' ')} | ![](pictures/{name}.desk.jpg) "
        f"| ![](pictures/{name}.phone.jpg) |"
        for name in shown
    )
    return f"""# What colleagues see

Every face of a card, every form and the Home tab (Anna's, and that of Cora, who is a coordinator),
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
