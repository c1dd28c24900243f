"""A file of JSON lines, one for each answer, each on the disk before the answer goes out.

For organisations that ship such files to their archive. Whoever reads it drops lines of a key that
came before: after a crash the last one may stand there twice.
"""

import asyncio
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Self

import orjson
from aiohttp import ClientSession
from pydantic import BaseModel, ConfigDict, Field

from bot.errors import Unavailable
from bot.model.archived import ArchiveRecord
from bot.model.cleared import Cleared
from bot.model.clock import Clock
from bot.model.credentials import Credentials


class FileSettings(BaseModel):
    """`archives.file` of app.yaml. Only Usher's own user may read what it makes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Annotated[Path, Field(description="the name of a file, such as data/answers.jsonl")]


class FileArchive:
    name = "file"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._one_at_a_time = asyncio.Lock()

    @classmethod
    def make(
        cls,
        settings: FileSettings,
        _credentials: Credentials,
        _session: ClientSession,
        _clock: Clock,
    ) -> Self:
        return cls(settings.file)

    async def keep(self, record: Cleared[ArchiveRecord]) -> None:
        await self._add(orjson.dumps(asdict(record.value), option=orjson.OPT_UTC_Z) + b"\n")

    async def check(self) -> None:
        await self._add(b"")

    async def _add(self, line: bytes) -> None:
        async with self._one_at_a_time:
            try:
                await asyncio.to_thread(self._append, line)
            except OSError as error:
                reason = f"cannot be written ({error.strerror or type(error).__name__})"
                raise Unavailable("the archive", reason) from error

    async def close(self) -> None:
        """Nothing stays open between two records."""

    def _append(self, line: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # A line that a crash cut short must not swallow the next one.
            if line and os.lseek(descriptor, 0, os.SEEK_END) and not _ends_line(self._path):
                line = b"\n" + line
            while line:
                line = line[os.write(descriptor, line) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _sync_folder(self._path.parent)


def _ends_line(path: Path) -> bool:
    with path.open("rb") as read:
        read.seek(-1, os.SEEK_END)
        return read.read(1) == b"\n"


def _sync_folder(folder: Path) -> None:
    """A new file's name is on the disk only once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
