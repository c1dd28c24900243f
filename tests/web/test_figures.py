"""What an operator sees of Usher as curves: every figure moves with what it speaks of."""

import asyncio
import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from bot.care.deliveries import Pace
from bot.errors import Misconfigured, Unavailable
from bot.model.figures import HouseFigures
from bot.sandbox.driver import View
from bot.web import Figures, make_web, serve
from tests.faults.waiting import until_told
from tests.fixtures.houses import database_url, house, mode, pytest_generate_tests, way
from tests.journeys.storming import STORMY, outage
from tests.running import PROJECT, Mode, Running, running
from tests.unlisted import unlisted
from tests.web.metrics import Read, figures, page

__all__ = ["database_url", "house", "mode", "pytest_generate_tests", "way"]

DOCS = PROJECT / "docs" / "operators.md"
OPENED = "usher_mentions_total{network=x,outcome=opened}"
POLLED = "usher_network_last_good_poll_timestamp_seconds{network=x}"
NEWEST = "usher_network_newest_post_timestamp_seconds{network=x}"
OLDEST = "usher_deliveries_oldest_waiting_seconds{kind=card}"
LIMITED = "usher_slack_rate_limited_total{method=chat.postMessage}"


SOMETIMES = {
    *("usher_slack_connections", "usher_slack_connections_wanted"),
    *("usher_log_lines_lost_total",),
}
"""Not over HTTP; and where `run` has set up the log."""


def visits(what: str, outcome: str) -> str:
    return f"usher_visits_total{{outcome={outcome},what={what}}}"


def cards(state: str) -> str:
    return f"usher_deliveries{{kind=card,state={state}}}"


async def seen(house: Running, right: Callable[[Read], bool]) -> Read:
    """The figures once they are `right`."""
    last: Read = {}

    async def look() -> bool:
        nonlocal last
        last = await figures(house.usher.web_url)
        # While the database answers too slowly its figures are left out.
        with contextlib.suppress(KeyError):
            return right(last)
        return False

    await until_told(look, seconds=15)
    return last


async def test_visits_by_what_was_asked_and_how_it_ended(house: Running) -> None:
    anna = await house.enrolled("anna")
    await house.card("jane", "@acme where is my refund?", channel="#care-billing")
    before = await figures(house.usher.web_url)
    await anna.types("/claim 1")
    await anna.types("/claim 77")
    house.sandbox.workspace.faults.duplicate_next()
    await anna.types("/case note 1 She wrote twice.")

    def more(now: Read, name: str) -> float:
        return now.get(name, 0.0) - before.get(name, 0.0)

    now = await seen(house, lambda now: more(now, visits("/case", "repeated")) == 1)
    assert more(now, visits("/case", "done")) == 1
    assert more(now, visits("/claim", "done")) == 1
    assert more(now, visits("/claim", "refused")) == 1
    assert more(now, "usher_visit_seconds_count{what=/claim}") == 2
    assert more(now, "usher_audit_newest_line") >= 4


async def test_a_form_sent_off_again_counts_once(house: Running) -> None:
    """The first was refused for what has changed since: now it is done, and no repetition."""
    anna = await house.enrolled("anna")
    await house.card("jane", "@acme where is my refund?", channel="#care-billing")
    await anna.types("/claim 1")
    form = await anna.types("/handoff 1")
    assert isinstance(form, View)
    await anna.types("/case release 1")
    values = {"Who can help?": "sales", "What should they know?": "An offer."}
    before = await figures(house.usher.web_url)
    await anna.submits(form, values)
    await anna.types("/claim 1")
    await anna.submits(form, values)
    now = await figures(house.usher.web_url)
    outcomes = ("refused", "done", "repeated", "failed")
    names = [visits("form handoff", outcome) for outcome in outcomes]
    assert [now.get(name, 0) - before.get(name, 0) for name in names] == [1, 1, 0, 0]
    seconds = "usher_visit_seconds_count{what=form handoff}"
    assert now[seconds] - before.get(seconds, 0) == 2


async def test_a_courier_called_home_is_no_defect(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    pace = Pace(first_wait=0.1, carry=1.0)
    asked = "event app_mention"
    async with running(tmp_path, database_url, mode=mode, pace=pace, before=unlisted) as house:
        before = await figures(house.usher.web_url)
        house.sandbox.workspace.faults.inject("users.info", kind="delay:5")
        await house.person("ben").says("@usher help", channel="#care-billing")
        done = visits(asked, "done")
        now = await seen(house, lambda now: now.get(done, 0) > before.get(done, 0))
        away, failed = (visits(asked, outcome) for outcome in ("unavailable", "failed"))
        assert now.get(away, 0) > before.get(away, 0)
        assert now.get(failed, 0) == before.get(failed, 0)


async def test_what_came_in_and_how_fresh_it_is(house: Running) -> None:
    before = (await figures(house.usher.web_url)).get(OPENED, 0.0)
    await house.card("jane", "@acme where is my refund?", channel="#care-billing")
    now = await seen(house, lambda now: now.get(OPENED) == before + 1)
    assert time.time() - now[POLLED] < 30
    assert time.time() - now[NEWEST] < 60


async def test_a_network_that_does_not_answer_was_last_polled_before(house: Running) -> None:
    await seen(house, lambda now: POLLED in now)
    house.sandbox.x.faults.inject("503", times=10_000)
    await asyncio.sleep(0.5)
    first = (await figures(house.usher.web_url))[POLLED]
    await asyncio.sleep(0.5)
    assert (await figures(house.usher.web_url))[POLLED] == first


async def test_the_outbox_by_kind_and_slacks_no(house: Running) -> None:
    quiet = await figures(house.usher.web_url)
    assert quiet[cards("stuck")] == quiet["usher_deliveries{kind=ticket,state=waiting}"] == 0
    faults = house.sandbox.workspace.faults
    faults.inject("chat.postMessage", kind="error:not_in_channel", times=9)
    await house.sandbox.x.posts("tom", "@acme my refund too")
    now = await seen(house, lambda now: now[cards("stuck")] == 1)
    assert now[cards("waiting")] == 0
    faults.clear()
    # So long that it waits still when we look.
    faults.inject("chat.postMessage", kind="429:600")
    await house.sandbox.x.posts("jane", "@acme where is my refund?")
    now = await seen(house, lambda now: now[cards("retrying")] == 1)
    assert now[cards("waiting")] == now[cards("stuck")] == 1
    assert now[LIMITED] == quiet.get(LIMITED, 0.0) + 1
    assert now["usher_database_up"] == 1


async def test_how_long_the_oldest_waits(tmp_path: Path, database_url: str, mode: Mode) -> None:
    """While its channel's lane is at rest nobody carries it."""
    pace = Pace(first_wait=60.0)
    async with running(tmp_path, database_url, mode=mode, pace=pace) as house:
        house.sandbox.workspace.faults.inject("chat.postMessage", kind="429:60")
        await house.sandbox.x.posts("jane", "@acme where is my refund?")
        await seen(house, lambda now: now[cards("retrying")] == 1)
        await house.sandbox.x.posts("tom", "@acme my refund too")
        await seen(house, lambda now: now[cards("waiting")] == 2 and now[OLDEST] > 0.3)


async def test_web_sockets_and_storms(tmp_path: Path, database_url: str, mode: Mode) -> None:
    async with running(tmp_path, database_url, mode=mode, weather=STORMY) as house:
        calm = await figures(house.usher.web_url)
        assert calm["usher_storms_raging"] == 0
        sockets = [calm.get(f"usher_slack_connections{end}") for end in ("", "_wanted")]
        assert sockets == ([2, 2] if mode == "socket" else [None, None])
        await outage(house, 8)
        assert (await figures(house.usher.web_url))["usher_storms_raging"] == 1


async def test_no_word_and_no_name_of_anybody_is_a_label(house: Running) -> None:
    """Whatever people typed, forged or are called, the curves are the same ones."""
    anna = await house.enrolled("anna")
    await house.sandbox.x.posts("canary_handle", "@acme canaryword refund", name="Canary Name")
    await anna.sees("canaryword", channel="#care-billing", timeout=10)
    for words in ("/claim 1", "/claim canaryword", "/case canaryword", "/usher canaryword"):
        await anna.types(words)
    await anna.says("@usher canaryword", channel="#care-billing")
    await anna.types("/handoff 1 service canaryword")
    await anna.sees("I do not know", channel="#care-billing", timeout=10)
    text = await page(house.usher.web_url)
    ours = [f for f in text_string_to_metric_families(text) if f.name.startswith("usher_")]
    labels = {value for family in ours for one in family.samples for value in one.labels.values()}
    assert {"/claim", "card", "x"} <= labels
    workspace = house.sandbox.workspace
    people = [*workspace.people, *(each.id for each in workspace.channels.values())]
    secrets = ("canary", "Canary", "Anna", "Berg", "care-billing", *people)
    assert [one for one in secrets if one in text] == []


async def test_each_figure_is_explained_to_operators(house: Running) -> None:
    text = await page(house.usher.web_url)
    told = set(re.findall(r"`(usher_[a-z_]+)", DOCS.read_text(encoding="utf-8")))
    ours = [f for f in text_string_to_metric_families(text) if f.name.startswith("usher_")]
    names = {family.name + ("_total" if family.type == "counter" else "") for family in ours}
    assert names - told == set()
    assert told - names <= SOMETIMES


def test_who_only_imports_the_pages_keeps_all_curves() -> None:
    """What a library shows is for the whole process: it is said by who builds the app."""
    asks = (
        "import bot.web; from prometheus_client import CollectorRegistry, Counter, generate_latest;"
        "mine = CollectorRegistry(); Counter('mine', 'x', registry=mine);"
        "assert b'mine_created' in generate_latest(mine)"
    )
    subprocess.run([sys.executable, "-c", asks], cwd=PROJECT, check=True)


@pytest.mark.parametrize(
    "trouble",
    [
        Unavailable("database", "no connection"),
        Misconfigured(("The database server refuses the password.",)),
        None,
    ],
    ids=["away", "refuses", "slow"],
)
async def test_the_process_tells_its_figures_though_the_database_is_away(
    trouble: Exception | None,
) -> None:
    async def house() -> HouseFigures:
        if trouble is not None:
            raise trouble
        await asyncio.sleep(30)
        raise AssertionError

    shown = Figures(house, lines=lambda: (1, 2), registry=CollectorRegistry(), patience=0.05)
    async with serve(make_web(checks={}, metrics=shown.page), host="127.0.0.1", port=0) as url:
        assert await figures(url) == {
            "usher_database_up": 0,
            "usher_slack_connections": 1,
            "usher_slack_connections_wanted": 2,
        }
