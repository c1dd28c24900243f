"""Customers in a CSV file, as every system can export one: links to handles first, then fields.

Read again whenever the file changes. A bad row hides its own customer, and the import names it.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Self

from aiohttp import ClientSession
from pydantic import BaseModel, ConfigDict

from bot.directories.csv_rows import Customers, read_customers
from bot.errors import Misconfigured
from bot.model.clock import Clock
from bot.model.credentials import Credentials
from bot.model.customer import BadRow, CustomerRecord, LinkRow


class CsvFileSettings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Path


class CsvFile:
    name = "csv_file"

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()
        self._stamp = (0, 0)
        self._customers = Customers()

    @classmethod
    def make(
        cls,
        settings: CsvFileSettings,
        _credentials: Credentials,
        _session: ClientSession,
        _clock: Clock,
    ) -> Self:
        return cls(settings.file)

    async def find(self, customer_id: str) -> CustomerRecord | None:
        customers = self._customers
        # Looking at the file takes microseconds; reading it is for a thread of its own.
        if self._stamp_now() != self._stamp:
            customers = await asyncio.to_thread(self._current)
        return customers.records.get(customer_id)

    def links(self) -> Iterator[LinkRow | BadRow]:
        customers = self._current()
        rows: list[LinkRow | BadRow] = [*customers.links, *customers.bad]
        return iter(sorted(rows, key=lambda row: row.line))

    async def fields(self) -> frozenset[str]:
        return (await asyncio.to_thread(self._current)).fields

    async def check(self) -> None:
        await asyncio.to_thread(self._current)

    async def close(self) -> None:
        """Nothing stays open between calls."""

    def _current(self) -> Customers:
        with self._lock:
            stamp = self._stamp_now()
            if stamp != self._stamp:
                with self._readable():
                    self._customers = read_customers(self._file)
                self._stamp = stamp
            return self._customers

    def _stamp_now(self) -> tuple[int, int]:
        with self._readable():
            stat = self._file.stat()
        return stat.st_mtime_ns, stat.st_size

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            problem = f"{self._file} cannot be read ({error.strerror}): see directories.csv_file."
            raise Misconfigured((problem,)) from error
