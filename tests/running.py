"""A whole Usher at work: the real Bolt app, a real database, and the sandbox around them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from bot.app import Usher, at_work
from bot.care.deliveries import Pace
from bot.care.storms import Weather
from bot.manual import manifest_for
from bot.model.clock import Clock, utc_now
from bot.sandbox.driver import Heard, Message, Person, View
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from bot.slack.line import WORKING, Hearing
from tests.canaries import Kind, plant_file, watched

PROJECT = Path(__file__).resolve().parent.parent
VAULT_KEY = "dXNoZXItdGVzdC1rZXktMzItYnl0ZXMtbG9uZy0hISE="
"""32 bytes that protect nothing: tests only."""

QUICK = Pace(first_wait=0.1, longest_wait=2.0)
"""A second try soon, and never long: tests wait for it."""

USUAL = Weather()

Page = dict[str, Any]
ARCHIVE: Page = {"file": {"file": "data/archive.jsonl"}}
"""Where a policy wants one, such as broker's."""
Mode = Literal["socket", "http"]
"""How Slack reaches Usher: over its web sockets, or with signed posts to its request URL."""


class Wandering:
    """The machine's clock, and somebody who sets it."""

    def __init__(self) -> None:
        self.off = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


@dataclass(slots=True)
class Running:
    sandbox: Sandbox
    usher: Usher
    home: Path

    def person(self, name: str) -> Person:
        return self.sandbox.person(name)

    async def enrolled(self, name: str) -> Person:
        """This colleague, with the guidebook accepted the way people accept it."""
        person = self.person(name)
        shown = await person.types("/usher enroll")
        if isinstance(shown, View):
            await person.submits(shown, self.right_answers())
        return person

    def right_answers(self) -> dict[str, str]:
        """To the questions at the end of the guidebook, where there are any."""
        asked = self.usher.care.ambassadors.guidebook().asked()
        return {each.ask: each.right for _, each in asked}

    async def card(self, handle: str, text: str, *, channel: str, seen: str = "") -> Message:
        """A customer posts; the card that a colleague sees."""
        await self.sandbox.x.posts(handle, text)
        return await self.person("cora").sees(seen or text, channel=channel, timeout=10)


@cache
def _own_page() -> Page:
    """Read once for the hundreds of houses that begin with it."""
    page: Page = yaml.safe_load((PROJECT / "app.yaml").read_text(encoding="utf-8"))
    page["networks"]["x"]["poll_seconds"] = 1
    return page


def write_home(
    home: Path, change: Callable[[Page], None] | None = None, *, planted: bool = False
) -> Path:
    """The project's own app.yaml with a test's changes, in a folder of its own."""
    for name in ("guidebook.md", "quiz.yaml", "customers.csv"):
        (home / name).write_bytes((PROJECT / name).read_bytes())
    if planted:
        plant_file(home / "customers.csv")
    (home / "data").mkdir(exist_ok=True)
    path = home / "app.yaml"
    path.write_text(_own_text() if change is None else _changed(change), encoding="utf-8")
    return path


def _changed(change: Callable[[Page], None]) -> str:
    page = deepcopy(_own_page())
    change(page)
    return yaml.safe_dump(page, allow_unicode=True)


@cache
def _own_text() -> str:
    return yaml.safe_dump(_own_page(), allow_unicode=True)


@asynccontextmanager
async def running(
    home: Path,
    database_url: str,
    *,
    change: Callable[[Page], None] | None = None,
    environ: dict[str, str] | None = None,
    listen_every: float = 0.1,
    pace: Pace = QUICK,
    weather: Weather = USUAL,
    mode: Mode = "socket",
    hearing: Hearing = WORKING,
    clock: Clock = utc_now,
    before: Callable[[Sandbox], object] | None = None,
    canaries: tuple[Kind, ...] | None = (),
    **sandbox_options: Any,
) -> AsyncIterator[Running]:
    """Everything started as `python -m bot run` starts it, listening to X ten times a second.

    `before` changes what Usher finds. At the end nothing of what was planted may have strayed
    (tests/canaries); `canaries` are what a test plants besides, and None is for
    pictures and figures, which show and measure the house as it is.
    """
    async with (
        Sandbox(manifest=manifest_for(""), mode=mode, **sandbox_options) as sandbox,
        watched(sandbox, home, database_url, also=canaries) as watch,
    ):
        if before is not None:
            before(sandbox)
        variables = {
            **sandbox.environment(),
            "DATABASE_URL": database_url,
            "USHER_VAULT_KEY": VAULT_KEY,
            "USHER_HTTP": "127.0.0.1:0",
            **(environ or {}),
        }
        settings = load_settings(write_home(home, change, planted=canaries is not None), variables)
        async with at_work(
            settings,
            clock=clock,
            listen_every=listen_every,
            pace=pace,
            weather=weather,
            hearing=hearing,
        ) as usher:
            if mode == "http":
                await sandbox.speak_http(usher.web_url + "/slack/events")
            await usher.import_customers()
            yield Running(sandbox, usher, home)
            await watch.reads(usher.web_url)


async def blanks(person: Person, card: Message) -> None:
    """By the shortcut of the card, and with the form that makes sure."""
    form = await person.uses("Blank this card", on=card)
    assert isinstance(form, View), f"expected the form that makes sure, got {form!r}"
    await person.submits(form, {})


def heard(answer: object) -> str:
    """All words of an answer; a test that got a modal or nothing fails here."""
    assert isinstance(answer, Heard), f"expected an answer, got {answer!r}"
    return answer.words


def case_number(seen: Heard | Message) -> int:
    words = seen.words.casefold()
    _, _, rest = words.partition("case ")
    return int("".join(letter for letter in rest.split()[0] if letter.isdigit()))
