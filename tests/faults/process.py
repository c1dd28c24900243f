"""A real `python -m bot run`, to be killed; the world it works in lives on beside it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.server import Sandbox
from tests.programs import Process, interpreter, started
from tests.running import VAULT_KEY


@dataclass(slots=True)
class Program:
    """One start of the bot. `log` is all it and those before it said on stderr."""

    process: Process
    file: Path

    @property
    def log(self) -> str:
        return self.file.read_text(encoding="utf-8")

    async def kill(self) -> None:
        """As when the power fails."""
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    async def ended(self, *, seconds: float) -> int:
        return await asyncio.wait_for(self.process.wait(), seconds)


@asynccontextmanager
async def bot_running(
    home: Path,
    sandbox: Sandbox,
    database_url: str,
    more: Mapping[str, str] | None = None,
    *,
    stderr: int | None = None,
    forked: bool = True,
) -> AsyncIterator[Program]:
    """Started and at work; ended with the context, however it went. `stderr` replaces the log.

    One that is not `forked` is a new Python: its memory is all its own.
    """
    variables = {
        "PATH": os.environ["PATH"],
        **sandbox.environment(),
        "DATABASE_URL": database_url,
        "USHER_CONFIG": str(home / "app.yaml"),
        "USHER_VAULT_KEY": VAULT_KEY,
        "USHER_HTTP": "127.0.0.1:0",
        **(more or {}),
    }
    said = home / "stderr.log"
    with said.open("ab") as log:
        start = started if forked and stderr is None else interpreter
        to = log.fileno() if stderr is None else stderr
        process = await start("run", environ=variables, stderr=to)
    program = Program(process, said)
    try:
        await sandbox.connected(count=2, timeout=30)
        yield program
    finally:
        if process.returncode is None:
            await program.kill()
