"""Rules for every test: nothing of this machine's environment, no network, absent peers named."""

import gc
import os
from collections.abc import Callable

import pytest
import structlog

from tests.fixtures.peers import require
from tests.postgres import drop_databases, hurry

OURS = ("SLACK_", "USHER_", "X_", "DATABASE_URL")
PROXIES = {"http_proxy", "https_proxy", "all_proxy"}


def pytest_configure() -> None:
    """No test sees a developer's own tokens, database or proxy: slack_sdk would take them up."""
    for name in list(os.environ):
        if name.startswith(OURS) or name.lower() in PROXIES:
            del os.environ[name]
    hurry()
    # A house makes and drops more objects than a program of one's own: fewer, larger rounds.
    gc.set_threshold(20_000, 10, 10)
    # Where no house sets the log up: rich would draw every local of a whole house, for seconds.
    told = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], told])


def pytest_collection_finish() -> None:
    """What all tests share stays: no collection walks over thousands of them once more."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("peer"):
        require(mark.args[0])


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """After the fixtures: by now every house has left its database."""
    drop_databases()


@pytest.fixture(scope="session")
def peer() -> Callable[[str], str]:
    """`peer("chromium")` is the path of the program; without it the test is skipped, or fails."""
    return require
