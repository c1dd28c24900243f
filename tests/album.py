"""One moment taken twice: by a page at a desk and one on a phone, side by side."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser

from tests.browsing import DESK, PHONE, Newcomer
from tests.running import Running

QUALITY = 60
SIZES = {"desk": DESK, "phone": PHONE}


@dataclass(frozen=True, slots=True)
class Shown:
    """`size` is a member of `SIZES`."""

    one: Newcomer
    size: str

    async def sends_off(self, words: str) -> None:
        """With its first choice and these words; the form comes back with what is wrong."""
        form = self.one.modal
        await form.wait_for()
        await form.locator("select").first.select_option(index=1)
        await form.locator("textarea").first.fill(words)
        await form.locator("footer button[type=submit]").click()
        await form.locator(".error:visible").first.wait_for()


@dataclass(frozen=True, slots=True)
class Album:
    pages: tuple[Shown, ...]
    folder: Path

    async def opens(self, place: str) -> None:
        for each in self.pages:
            await each.one.opens(place)

    async def becomes(self, name: str) -> None:
        for each in self.pages:
            await each.one.becomes(name)

    async def shoots(self, name: str, *, at: str = "") -> None:
        """`at` are words of the message that matters; the newest one, where there are none."""
        for each in self.pages:
            messages = each.one.messages
            message = (messages.filter(has_text=at) if at else messages).last
            await message.evaluate("message => message.scrollIntoView()")
            await self.shoots_one(each, name)

    async def shoots_form(self, name: str, *, at_its_end: bool = False) -> None:
        for each in self.pages:
            await each.one.modal.wait_for()
            if at_its_end:
                last = each.one.modal.locator(".field").last
                await last.evaluate("field => field.scrollIntoView({block: 'end'})")
            await self.shoots_one(each, name)

    async def shut(self) -> None:
        """Returns once the form is gone from both."""
        for each in self.pages:
            await each.one.modal.wait_for(state="detached")

    async def shoots_home(self, name: str, person: str) -> None:
        for each in self.pages:
            await each.one.becomes(person)
            await each.one.opens("Usher")
            await each.one.page.locator("#home").get_by_text("Your cases").wait_for()
            await self.shoots_one(each, name)

    async def opens_talk(self, person: str) -> None:
        """What Usher and this person wrote to one another."""
        for each in self.pages:
            await each.one.becomes(person)
            await each.one.opens("Usher")
            await each.one.page.get_by_role("tab", name="Messages").click()

    async def asked_before(self, label: str, *, on: str, name: str) -> None:
        """What is asked before the press counts; then nobody presses on."""
        for each in self.pages:
            await each.one.presses(label, on=on)
            await self.shoots_one(each, name)
            await each.one.page.keyboard.press("Escape")

    async def shoots_one(self, each: Shown, name: str) -> None:
        await each.one.page.wait_for_timeout(150)
        path = self.folder / f"{name}.{each.size}.jpg"
        await each.one.page.screenshot(path=path, type="jpeg", quality=QUALITY)


@asynccontextmanager
async def albums(browser: Browser, house: Running, folder: Path) -> AsyncIterator[Album]:
    pages = []
    for size, pixels in SIZES.items():
        one = await Newcomer.arrives(browser, house.sandbox.base_url, pixels)
        if await one.page.locator("#steps-close").is_visible():
            await one.page.locator("#steps-close").click()
        pages.append(Shown(one, size))
    yield Album(tuple(pages), folder)
    for each in pages:
        await each.one.page.context.close()
