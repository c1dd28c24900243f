"""The pictures of the README, made anew by `python -m tests.pictures`: a moment of a real demo."""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser

from bot.logs import set_up_logs
from tests.browsing import DESK, PHONE, Newcomer, chromium
from tests.fixtures.peers import PROGRAMS
from tests.running import PROJECT, Running, running

FOLDER = PROJECT / "docs" / "pictures"
MOST_BYTES = 200_000
JANE = "charged me twice"


async def scene(house: Running) -> None:
    """What went on before somebody looks: Jane's case is in hand and with the service team."""
    post = await house.sandbox.x.posts(
        "jane", "@acme your app charged me twice, card 4111 1111 1111 1111"
    )
    anna, ben = await house.enrolled("anna"), house.person("ben")
    await anna.sees(JANE, channel="#care-billing", timeout=10)
    await anna.types("/claim 1", channel="#random")
    await house.sandbox.x.posts("jane", "@acme and again today!", in_reply_to=post.id)
    await anna.sees("again today", channel="#care-billing", timeout=10)
    await ben.types("/case note 1 Same at our branch last week, billing knows.")
    await anna.types("/handoff 1 service Charged twice, wants a call back.", channel="#random")
    await anna.sees("ticket", channel="#care-billing", timeout=10)
    while anna.view:
        await anna.closes(anna.view)


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


async def take(program: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        async with (
            running(home, f"sqlite:///{home / 'usher.db'}") as house,
            chromium(program) as browser,
        ):
            await scene(house)
            await at_the_desk(house, browser)
            await on_a_phone(house, browser)


def main() -> str | None:
    """None, or a sentence that says what is wrong."""
    set_up_logs(level=40)
    program = next(filter(None, map(shutil.which, PROGRAMS["chromium"])), None)
    if program is None:
        return "The pictures are taken with chromium, which is not here: apt install chromium."
    asyncio.run(take(program))
    sizes = {each.name: each.stat().st_size for each in sorted(FOLDER.glob("*.png"))}
    heavy = [name for name, size in sizes.items() if size > MOST_BYTES]
    return f"Too heavy for a README: {', '.join(heavy)}" if heavy else None


if __name__ == "__main__":
    sys.exit(main())
