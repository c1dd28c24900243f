"""An Usher that may write as @acme, and somebody who answers with it."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.driver import Message, Person, View
from bot.sandbox.x_oauth import OUR_ACCOUNT
from tests.faults.waiting import until
from tests.running import Mode, Page, Running, case_number, running

PRIVACY = "https://acme.example/privacy"


@dataclass(frozen=True, slots=True)
class Desk:
    """Anna holds Jane's case."""

    house: Running
    anna: Person
    number: int
    card: Message

    async def sees_before(self, words: str, **values: str) -> View:
        """The page with the very text, over the form."""
        form = await self.anna.types(f"/reply {self.number}")
        assert isinstance(form, View)
        shown = await self.anna.submits(form, {"Your answer": words, **values})
        assert isinstance(shown, View), shown
        return shown

    async def sends(self, words: str, **values: str) -> View:
        done = await self.anna.submits(await self.sees_before(words, **values), {})
        assert isinstance(done, View), done
        return done

    def ours(self) -> list[str]:
        return [each.text for each in self.house.sandbox.x.timeline() if each.author_id == "1000"]

    async def one_stands(self, words: str) -> None:
        await until(lambda: any(words in text for text in self.ours()))
        assert len(self.ours()) == 1

    async def card_says(self, words: str) -> Message:
        return await self.anna.sees(words, channel="#care-billing", timeout=10)

    async def told(self, words: str) -> Message:
        """Anna is, in a direct message."""
        return await self.anna.sees(words, timeout=10)


@asynccontextmanager
async def answering(
    home: Path,
    database_url: str,
    mode: Mode,
    *,
    profile: str = "shelter",
    change: Callable[[Page], None] = lambda _page: None,
    keys: Mapping[str, str] = OUR_ACCOUNT,
    **options: Any,
) -> AsyncIterator[Desk]:
    def changed(page: Page) -> None:
        page["policy"]["profile"] = profile
        page["networks"]["x"]["privacy_url"] = PRIVACY
        change(page)

    async with running(
        home, database_url, mode=mode, change=changed, environ=dict(keys), **options
    ) as house:
        yield await with_a_case(house)


async def with_a_case(house: Running) -> Desk:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, number = await house.enrolled("anna"), case_number(card)
    await anna.types(f"/claim {number}")
    return Desk(house, anna, number, card)
