"""SQLite's file in its folder: what can be said of it before and while it is open.

SQLite goes on with a file that has lost its name, and all that is written there is gone with the
process; it makes files beside one that is only read, unless it is told that nobody writes.
"""

import os
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import make_url

from bot.errors import Misconfigured, Unavailable

log = structlog.get_logger(__name__)

MAGIC: Final = b"SQLite format 3\x00"
"""What every such file begins with; an empty one becomes a database."""
GONE: Final = "its file was deleted, moved or replaced; put it back and start Usher anew"


def path_of(url: str) -> Path:
    path = make_url(url).database
    if not path or path == ":memory:":
        raise Misconfigured(("The database must be a file: several connections share it.",))
    return Path(path)


def require_file(path: Path) -> None:
    if not path.exists():
        missing = f"There is no database at {path}: `python -m bot migrate` makes one."
        raise Misconfigured((missing,))
    try:
        with path.open("rb") as file:
            begins = file.read(len(MAGIC))
    except OSError as error:
        problem = f"DATABASE_URL: {path} cannot be read: {error.strerror}."
        raise Misconfigured((problem,)) from error
    if begins not in {b"", MAGIC}:
        raise Misconfigured((f"DATABASE_URL: {path} is there, but it is no SQLite database.",))


def require_writable(path: Path) -> None:
    """SQLite writes beside its file too; of folders the start makes the usual one alone.

    With a mistyped path it would begin an empty database, and all cases would seem gone.
    """
    wanted = path.absolute().parent
    folder = wanted.parent if wanted == _usual_folder() and not wanted.exists() else wanted
    if not folder.exists():
        missing = f"DATABASE_URL: the folder {wanted} is not there: make it, or mend the address."
        raise Misconfigured((missing,))
    for place in (folder, path):
        if place.exists() and not os.access(place, os.W_OK):
            raise Misconfigured((f"DATABASE_URL: {place} cannot be written by this user.",))
    if not folder.is_dir():
        raise Misconfigured((f"DATABASE_URL: {folder} is no folder.",))


def _usual_folder() -> Path:
    """Of the address that counts where none is set."""
    return Path("data").absolute()


def read_only_uri(path: Path) -> str:
    """Nothing is made beside it: where nobody has it open, SQLite is told so and looks no further.

    A log that a kill left behind is read along, which needs the index beside it.
    """
    wal, index = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    in_use = index.exists() or (wal.exists() and wal.stat().st_size > 0)
    return f"{path.absolute().as_uri()}?mode=ro{'' if in_use else '&immutable=1'}"


class OpenFile:
    """The file as it was opened, to be asked for again before each commit."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = self._found()
        self._told = False

    def require(self) -> None:
        """Raises `Unavailable` where the name no longer leads to what was opened."""
        if self._found() == self._opened:
            return
        if not self._told:
            self._told = True
            log.error("database.file_gone", party="database", reason=GONE)
        raise Unavailable("database", GONE)

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
