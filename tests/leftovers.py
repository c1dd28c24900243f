"""Folders of a run: one that was killed cannot tidy up, so the next one does it for it."""

import atexit
import fcntl
import os
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "usher-postgres-"
OWNER = "owner"
"""A file that is locked for as long as the process lives, however it ends."""


def own_folder(where: Path) -> Path:
    """A new one, gone when this process ends; if it is killed, `sweep` takes it."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=where))
    fcntl.flock(os.open(folder / OWNER, os.O_RDWR | os.O_CREAT), fcntl.LOCK_EX)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def sweep(where: Path) -> None:
    """What runs left that are no more, with the servers that still stand in it."""
    for folder in where.glob(f"{PREFIX}*"):
        if _abandoned(folder):
            _end_server(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _abandoned(folder: Path) -> bool:
    try:
        with (folder / OWNER).open() as owner:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        # Locked by somebody at work, or not there yet: somebody begins.
        return False
    return True


def _end_server(folder: Path) -> None:
    """Nobody asks it any more; a number that means another program by now is let alone."""
    for told in folder.glob("*/postmaster.pid"):
        with suppress(OSError, ValueError):
            number = int(told.read_text().splitlines()[0])
            if str(told.parent).encode() in Path(f"/proc/{number}/cmdline").read_bytes():
                os.kill(number, signal.SIGQUIT)
