"""Who runs `python -m bot …`, with what environment, and what they then read."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from rich.console import Console

from bot.manual import connectors
from bot.sandbox.server import Sandbox
from bot.settings import Settings, load_settings
from tests.programs import interpreter, started
from tests.running import VAULT_KEY

By_hand = Callable[[Settings, Console], Coroutine[Any, Any, int]]


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str = ""

    @property
    def all(self) -> str:
        return self.out + self.err


@dataclass(frozen=True, slots=True)
class Operator:
    sandbox: Sandbox
    home: Path
    first: Callable[[], None] | None = None
    """What its program does before it begins."""

    def environment(self, **more: str) -> dict[str, str]:
        """Everything right; `more` replaces."""
        return {
            **self.sandbox.environment(),
            "DATABASE_URL": f"sqlite:///{self.home / 'usher.db'}",
            "USHER_CONFIG": str(self.home / "app.yaml"),
            "USHER_VAULT_KEY": VAULT_KEY,
            "USHER_HTTP": "127.0.0.1:0",
            **more,
        }

    def secrets(self) -> tuple[str, ...]:
        workspace = self.sandbox.workspace
        tokens = (workspace.bot_token, workspace.app_token, workspace.signing_secret)
        return (*tokens, self.sandbox.x.bearer, VAULT_KEY)

    async def types(self, *words: str, stdout: int | None = None, **more: str) -> Said:
        """A program of its own, as in a shell. A secret in what it says fails the test."""
        environ = {"PATH": os.environ["PATH"], **self.environment(**more)}
        with TemporaryFile() as out, TemporaryFile() as err:
            streams = {"stdout": out.fileno() if stdout is None else stdout, "stderr": err.fileno()}
            if self.first is None and stdout is None:
                process = await started(*words, environ=environ, **streams)
            else:
                process = await interpreter(*words, environ=environ, first=self.first, **streams)
            async with asyncio.timeout(40):
                code = await process.wait()
            return self._heard(Said(code, _read(out), _read(err)))

    async def does(self, work: By_hand, **more: str) -> Said:
        """The same without a new program: its coroutine, and what it prints."""
        paper = StringIO()
        settings = load_settings(
            self.home / "app.yaml", self.environment(**more), connectors=connectors()
        )
        code = await work(settings, Console(file=paper, soft_wrap=True))
        return self._heard(Said(code, paper.getvalue()))

    def _heard(self, said: Said) -> Said:
        assert not [secret for secret in self.secrets() if secret in said.all]
        assert "Traceback" not in said.all
        return said


def _read(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode()
