"""`python -m bot …` as a process of its own: forked by tests/nursery, or a new interpreter."""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from tests.running import PROJECT

READ_BY_PYTHON = ("PYTHON", "LANG", "LC_", "TZ")
"""Variables that it reads once, as it starts: where one is set, only a new one will do."""


class Process(Protocol):
    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | None: ...
    def send_signal(self, signal: int, /) -> None: ...
    async def wait(self) -> int: ...


async def started(
    *words: str, environ: Mapping[str, str], stdout: int | None = None, stderr: int | None = None
) -> Process:
    """With these words and this environment alone; without streams it shares ours."""
    if sys.platform != "linux" or any(name.startswith(READ_BY_PYTHON) for name in environ):
        return await interpreter(*words, environ=environ, stdout=stdout, stderr=stderr)
    told, theirs = socket.socketpair()
    given = [1 if stdout is None else stdout, 2 if stderr is None else stderr, theirs.fileno()]
    asked = json.dumps({"words": words, "environ": dict(environ)})
    socket.send_fds(_nursery(), [asked.encode()], given)
    theirs.close()
    reader, writer = await asyncio.open_connection(sock=told)
    number = int(await reader.readline())
    return _Forked(number, os.pidfd_open(number), reader, writer)


async def interpreter(
    *words: str,
    environ: Mapping[str, str],
    stdout: int | None = None,
    stderr: int | None = None,
    first: Callable[[], None] | None = None,
) -> Process:
    """A new Python, where its own start or its end is what matters; `first` comes before it."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=PROJECT,
        env=environ,
        stdout=stdout,
        stderr=stderr,
        preexec_fn=first,
    )


@dataclass(slots=True)
class _Forked:
    pid: int
    _child: int
    _reader: asyncio.StreamReader
    _writer: asyncio.StreamWriter
    returncode: int | None = None

    def send_signal(self, number: int) -> None:
        signal.pidfd_send_signal(self._child, number)

    async def wait(self) -> int:
        if self.returncode is None:
            self.returncode = int(await self._reader.readline())
            os.close(self._child)
            self._writer.close()
        return self.returncode


@cache
def _nursery() -> socket.socket:
    """One for all tests of this process, and gone with it, however it ends."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.nursery", str(theirs.fileno())],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"]},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours
