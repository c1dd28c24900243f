"""A sandbox to be checked against, a home with app.yaml, and both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.manual import manifest_for
from bot.sandbox.server import Sandbox
from tests.commands.operator import Operator
from tests.postgres import empty_database
from tests.running import write_home


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Without a table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'usher.db'}"
    return empty_database()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest=manifest_for("")) as sandbox:
        yield sandbox


@pytest.fixture
def operator(sandbox: Sandbox, tmp_path: Path) -> Operator:
    write_home(tmp_path)
    return Operator(sandbox, tmp_path)
