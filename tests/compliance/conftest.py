"""One guard for all: it holds no state. And every profile's table, read once."""

import pytest

from bot.compliance import Guard, Policy, profile_names, profile_text
from bot.compliance.policy_file import parse_table
from bot.compliance.rules import Table


@pytest.fixture(scope="session")
def guard() -> Guard:
    return Guard()


@pytest.fixture(scope="session")
def policy() -> Policy:
    return Policy.load("standard")


@pytest.fixture(scope="session", params=profile_names())
def table(request: pytest.FixtureRequest) -> Table:
    return parse_table(profile_text(request.param))
