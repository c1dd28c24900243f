"""A newcomer at the demo's page in a real Chromium: what is pressed, typed and read there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.async_api import Browser, Locator, Page, async_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK, PHONE = (1280, 800), (390, 844)
PATIENCE = 8_000
"""Milliseconds a newcomer waits for something to appear."""


@asynccontextmanager
async def chromium(path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, headless=True, args=list(FLAGS)
        )
        try:
            yield browser
        finally:
            await browser.close()


@dataclass(slots=True)
class Newcomer:
    """One page; `complaints` is whatever the browser's console or the page's scripts said."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def arrives(
        cls, browser: Browser, url: str, size: tuple[int, int], *, zone: str = "Europe/Berlin"
    ) -> "Newcomer":
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]}, timezone_id=zone
        )
        context.set_default_timeout(PATIENCE)
        one = cls(await context.new_page())
        one.page.on("pageerror", lambda error: one.complaints.append(f"page error: {error}"))
        one.page.on("console", lambda said: one._console(said.type, said.text))
        await one.page.goto(f"{url}/")
        await one.page.locator("#people .person").first.wait_for()
        return one

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(f"console: {text}")

    @property
    def messages(self) -> Locator:
        return self.page.locator("#messages .message")

    def card(self, words: str) -> Locator:
        return self.messages.filter(has_text=words).filter(has=self.page.locator(".actions")).last

    @property
    def modal(self) -> Locator:
        return self.page.locator("#modal[open]")

    async def presses(self, label: str, *, on: str) -> None:
        await self.card(on).get_by_role("button", name=label, exact=True).click()

    async def closes(self, label: str) -> None:
        await self.modal.locator("footer").get_by_role("button", name=label).click()
        await self.modal.wait_for(state="detached")

    async def becomes(self, name: str) -> None:
        await self.page.locator("#people .person", has_text=name).click()

    async def opens(self, place: str) -> None:
        if await self.page.locator("#menu").is_visible():
            await self.page.locator("#menu").click()
        await self.page.locator("#sidebar .channel", has_text=place).click()

    async def posts(self, text: str, *, handle: str = "jane") -> None:
        """As a customer on X; on a phone their box comes up from below first."""
        if not await self.page.locator("#customer-form").is_visible():
            await self.page.locator("#customer-toggle").click()
        await self.page.locator("#customer-handle").fill(handle)
        await self.page.locator("#customer-text").fill(text)
        await self.page.get_by_role("button", name="Post on X").click()
        await self.page.locator("#posts .post", has_text=text[:30]).first.wait_for(state="attached")

    async def types(self, words: str) -> None:
        """Into the box of the room; a slash command or a message."""
        box = self.page.locator("#composer textarea")
        await box.fill(words)
        await box.press("Enter")

    async def reads(self, *words: str, of: Literal["ephemeral", "message"] = "message") -> Locator:
        """The newest message with all these words."""
        found = self.page.locator(f"#messages .{of}")
        for word in words:
            found = found.filter(has_text=word)
        await found.last.wait_for()
        return found.last

    async def scrolls_sideways(self) -> list[str]:
        """What is wider than the window although nobody made it a thing to scroll."""
        found: list[str] = await self.page.evaluate(_WIDE)
        return found


_WIDE = """() => {
  const boxes = "html, body, #messages, #home, #thread-messages, dialog, .dialog-body, #customer";
  const wide = [...document.querySelectorAll(boxes)]
    .filter((node) => node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1);
  const inside = "#messages *, #composer *, .dialog-body *, #top > *, #steps > *, #toast";
  const out = [...document.querySelectorAll(inside)]
    .filter((node) => node.offsetParent && !node.closest(".table, .menu"))
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1);
  return [...wide, ...out].map((node) => `${node.tagName} #${node.id} .${node.className}`);
}"""
