"""The demo: a real Usher against the sandbox, for a newcomer's browser or played unattended."""

import asyncio
import base64
import logging
import os
import secrets
import shutil
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console

from bot.app import Usher, at_work
from bot.logs import set_up_logs
from bot.manual import connectors, manifest_for
from bot.sandbox.server import Sandbox
from bot.sandbox.story import WAIT, Story
from bot.sandbox.x_oauth import OUR_ACCOUNT
from bot.settings import load_settings

LISTEN_EVERY = 2.5
"""Seconds; X, and so the sandbox, answers 450 such calls in fifteen minutes."""
PROJECT = Path(__file__).resolve().parent.parent


@asynccontextmanager
async def playground(home: Path, *, port: int) -> AsyncIterator[tuple[Sandbox, Usher]]:
    """Sandbox and Usher with a database of their own in `home`."""
    async with Sandbox(port=port, manifest=manifest_for("")) as sandbox:
        variables = {
            **sandbox.environment(),
            **OUR_ACCOUNT,
            "DATABASE_URL": f"sqlite:///{home / 'usher.db'}",
            "USHER_VAULT_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
            "USHER_HTTP": "127.0.0.1:0",
        }
        settings = load_settings(_own_page(home), variables, connectors=connectors())
        async with at_work(settings, listen_every=LISTEN_EVERY) as usher:
            await usher.import_customers()
            yield sandbox, usher


def _own_page(home: Path) -> Path:
    """The project's own app.yaml and what it names, copied: what the demo files stays with it."""
    for name in ("app.yaml", "guidebook.md", "quiz.yaml", "customers.csv"):
        shutil.copyfile(PROJECT / name, home / name)
    (home / "data").mkdir()
    return home / "app.yaml"


async def play_once(say: Console, *, wait: float = WAIT) -> int:
    """Every story step with what was seen; 0 when all held."""
    set_up_logs(level=logging.ERROR)
    held = True
    with tempfile.TemporaryDirectory() as home:
        async with playground(Path(home), port=0) as (sandbox, _usher):
            async for step in Story(sandbox, wait).steps():
                mark = "✓" if step.held else "✗"
                say.print(f"{mark} {step.number:5} {step.told}", markup=False)
                say.print(f"        {step.seen}", markup=False, style="dim")
                held = held and step.held
    say.print("Every step held." if held else "A step did not hold.")
    return 0 if held else 1


async def open_page(say: Console, *, port: int) -> int:
    set_up_logs(level=logging.WARNING)
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    with tempfile.TemporaryDirectory() as home:
        async with playground(Path(home), port=port) as (sandbox, usher):
            say.print(
                f"Usher is at work. Open {sandbox.base_url}/ in your browser; Ctrl-C ends it."
            )
            await sandbox.x.posts("jane", "@acme your app charged me twice this month!")
            if os.environ.get("DISPLAY") or os.environ.get("BROWSER"):
                webbrowser.open(f"{sandbox.base_url}/")
            await usher.watch.until(ended)
    return 0
