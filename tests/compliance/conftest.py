"""One guard for all: it holds no state."""

import pytest

from bot.compliance import Guard, Policy


@pytest.fixture(scope="session")
def guard() -> Guard:
    return Guard()


@pytest.fixture(scope="session")
def policy() -> Policy:
    return Policy.load("standard")
