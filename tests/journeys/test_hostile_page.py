"""Hostile names in app.yaml: of routes, channels, queues and whatever else a coordinator writes.

Read once when Usher starts, so that each batch of texts has a house of its own.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.sandbox.driver import View
from bot.sandbox.server import Sandbox
from tests import hostile
from tests.journeys.hostile_ways import BILLING
from tests.journeys.hurried import all_delivered, hurried
from tests.journeys.judged import is_a_sentence, judged
from tests.running import Mode, Page, Running, heard

_NOT_IN_CHANNELS = re.compile(r"[\s#<>@,.:]")


def channel_of(text: str) -> str:
    """What app.yaml takes for a channel's name."""
    return _NOT_IN_CHANNELS.sub("", text)[:80] or "care"


def _word(text: str) -> str:
    return f"{text[:1_900]} x1"


NAMES: dict[str, Callable[[Page, str], object]] = {
    "organisation": lambda page, text: page.update(organisation=text),
    "charter.definition": lambda page, text: page["charter"].update(definition=text),
    "charter.scope": lambda page, text: page["charter"].update(scope=text),
    "charter.voice": lambda page, text: page["charter"].update(voice=text),
    "charter.disclosure": lambda page, text: page["charter"].update(
        disclosure="{name} x " + re.sub(r"[{}]", "", text)[:40]
    ),
    "routes.name": lambda page, text: page["routes"][1].update(name=text),
    "routes.channel": lambda page, text: page["routes"][1].update(channel=f"#{channel_of(text)}"),
    "routes.words": lambda page, text: page["routes"][1].update(words=["refund", _word(text)]),
    "urgent_words": lambda page, text: page.update(urgent_words=[_word(text)]),
    "handoffs.queue": lambda page, text: page["handoffs"]["sales"].update(queue=text),
    "lookup.consent_versions": lambda page, text: page["lookup"].update(
        consent_versions=["2026-01", text]
    ),
}
"""Each text of app.yaml that is free, and where it stands."""


class Names(dict[str, str]):
    """A text for each of them, short where a failure is shown."""

    def __repr__(self) -> str:
        return f"<{len(self)} names>"


def written(text: str) -> str:
    """What the page takes: something, not too long, and no half characters, which it refuses."""
    return text[:2_000].encode("utf-8", "replace").decode().strip() or "care"


names = hostile.texts.map(written)
FILES = ("guidebook.md", "customers.csv")
batches = st.fixed_dictionaries(dict.fromkeys((*NAMES, *FILES), names)).map(Names)


@pytest.mark.timeout(180)
@settings(hostile.FEW, max_examples=2)
@example(Names.fromkeys((*NAMES, *FILES), written(hostile.WORST[0])))
@given(batches)
async def test_no_name_on_the_page_is_refused_by_slack_raises_or_pings(
    tmp_path: Path, database_url: str, mode: Mode, names: Names
) -> None:
    def change(page: Page) -> None:
        for name, put in NAMES.items():
            put(page, names[name])
        # Brackets of a template are refused by file and line: test_plain_template.py.
        text = names["guidebook.md"].replace("{", "(")
        (tmp_path / "guidebook.md").write_text(f"# x {text}\n* {text}\n", encoding="utf-8")
        _all_cells(tmp_path / "customers.csv", names["customers.csv"])

    def named(sandbox: Sandbox) -> None:
        sandbox.workspace.channel(BILLING).name = channel_of(names["routes.channel"])

    async with hurried(tmp_path, database_url, change=change, mode=mode, before=named) as house:
        await played(house, urgent=_word(names["urgent_words"]))
        judged(house, since=0)


def _all_cells(file: Path, text: str) -> None:
    """What the directory tells of a customer, behind the eight columns that make the link."""
    with file.open(encoding="utf-8", newline="") as source:
        heading, *rows = csv.reader(source)
    with file.open("w", encoding="utf-8", newline="") as target:
        filled = [[*row[:8], *[text] * len(row[8:])] for row in rows]
        csv.writer(target).writerows([heading, *filled])


async def played(house: Running, *, urgent: str) -> None:
    anna = house.person("anna")
    book = await anna.types("/usher enroll")
    if isinstance(book, View):
        await anna.submits(book, {})
        await anna.closes(book)
    await house.sandbox.x.posts("jane", f"@acme refund {urgent}")
    card = await anna.sees("@jane", timeout=15)
    number = "".join(sign for sign in card.words.split()[1] if sign.isdigit())
    for typed in (
        f"/claim {number}",
        f"/handoff {number} sales A quote, please.",
        f"/reply {number} Thank you.",
        f"/case {number}",
        "/case open",
        "/usher status",
    ):
        assert is_a_sentence(await anna.types(typed)), typed
    assert "is on file" in heard(await anna.types("/lookup @jane"))
    for person, typed in (("cora", "/usher setup"), ("mina", "/digest today")):
        assert is_a_sentence(await house.person(person).types(typed)), typed
    assert await anna.opens_home(timeout=10)
    await all_delivered(house)
