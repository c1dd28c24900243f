"""Hostile text through the front door, into every field: nothing is refused, raises or pings.

The sandbox refuses what Slack would refuse, so whatever went through was in order; and all of it
is searched for what would act on somebody's screen.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from tests import hostile
from tests.fixtures.houses import Way
from tests.journeys.hostile_fields import FIELDS
from tests.journeys.hostile_ways import BILLING, Stage
from tests.journeys.hurried import all_delivered, hurried
from tests.journeys.judged import is_a_sentence, judged
from tests.running import Mode, Running


@pytest.fixture
async def house(tmp_path: Path, database_url: str, mode: Mode) -> AsyncIterator[Running]:
    # Each look at X reads the last posts again, and these are long.
    async with hurried(tmp_path, database_url, mode=mode, listen_every=0.5) as started:
        yield started


@pytest.fixture
async def stage(house: Running) -> Stage:
    anna = await house.enrolled("anna")
    card = await house.card("jane", "@acme my refund is late", channel=BILLING, seen="is late")
    return Stage(house, anna, card)


SEEN_ON_ONE_WAY = {"", hostile.WORST[1]}
"""Nothing and too much are not the database's: one of them is enough for the same everywhere."""


class Texts(dict[str, str]):
    """A text for each field. What failed names its own; all of them would fill a screen."""

    def __repr__(self) -> str:
        return f"<{len(self)} texts>"


def everywhere(text: str) -> Texts:
    return Texts.fromkeys(FIELDS, text)


batches = st.fixed_dictionaries(dict.fromkeys(FIELDS, hostile.texts)).map(Texts)


@pytest.mark.timeout(240)
@settings(hostile.FEW, max_examples=2)
@example(everywhere(hostile.WORST[0]))
@example(everywhere(hostile.WORST[1]))
@given(batches)
async def test_no_text_in_any_field_is_refused_raises_or_pings(
    stage: Stage, way: Way, texts: Texts
) -> None:
    if way.database != "sqlite" and set(texts.values()) <= SEEN_ON_ONE_WAY:
        return
    await stage.takes_a_case()
    with capture_logs() as logged:
        for field, text in texts.items():
            await harmless(f"{field} with {text[:300]!a}", stage, partial(into, field, text))
        await harmless("what all read", stage, what_all_read)
    assert [each for each in logged if each["log_level"] in {"error", "critical"}] == []


async def harmless(what: str, stage: Stage, done: Callable[[Stage], Awaitable[None]]) -> None:
    since = len(stage.house.sandbox.workspace.journal)
    try:
        await done(stage)
        judged(stage.house, since=since)
    except BaseException as failed:
        failed.add_note(f"in {what}")
        raise


async def into(field: str, text: str, stage: Stage) -> None:
    shown = await FIELDS[field](stage, text)
    assert is_a_sentence(shown), shown
    while stage.anna.view:
        await stage.anna.closes(stage.anna.view)


async def what_all_read(stage: Stage) -> None:
    """Home tabs, lists and the digest, and every card and message that is still on its way."""
    house = stage.house
    for name in ("anna", "ben"):
        assert await house.person(name).opens_home(timeout=10)
    for shown in ("/case mine", "/case open", f"/case {stage.case}"):
        assert is_a_sentence(await stage.anna.types(shown))
    await house.usher.care.digests.send_once()
    await all_delivered(house)
