"""A fresh migrated SQLite file in a moment: made once by the migrations, then copied."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from storage.database import migrate


def fresh_file(path: Path) -> str:
    """The URL of a database at `path`, at the newest version and with no row in it."""
    shutil.copy(_template(), path)
    return f"sqlite:///{path}"


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="usher-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "usher.db"
    migrate(f"sqlite:///{path}")
    return path
