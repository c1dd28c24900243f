"""A fresh migrated SQLite file in a moment: made once by the migrations, then copied."""

import tempfile
from functools import cache
from pathlib import Path

from storage.database import migrate


def fresh_file(path: Path) -> str:
    """The URL of a database at `path`, at the newest version and with no row in it."""
    # Nobody else may read it, as with one that Usher makes.
    path.touch(mode=0o600)
    path.write_bytes(_template())
    return f"sqlite:///{path}"


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory(prefix="usher-sqlite-") as folder:
        path = Path(folder) / "usher.db"
        migrate(f"sqlite:///{path}")
        return path.read_bytes()
