"""Every byte a running Usher keeps: its database, cell by cell, and each file in its folder."""

import asyncio
from pathlib import Path

from tests.faults.databases import rows

_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"


def _files(home: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(home.rglob("*")) if file.is_file()]


async def kept(url: str, home: Path) -> bytes:
    """A SQLite database is one of the files, with what its journal still holds."""
    parts = await asyncio.to_thread(_files, home)
    if not url.startswith("sqlite"):
        for (table,) in await rows(url, _TABLES):
            cells = await rows(url, f'SELECT * FROM "{table}"')  # noqa: S608  the schema's own name
            parts += [_raw(cell) for row in cells for cell in row]
    return b"\n".join(parts)


def _raw(cell: object) -> bytes:
    return cell if isinstance(cell, bytes) else str(cell).encode("utf-8", "surrogatepass")
