"""The rows of a customers' file: which are whole, and what is wrong with the others, by line."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path

from bot.errors import Misconfigured
from bot.model.customer import BadRow, CustomerRecord, LinkRow

LINK_COLUMNS = tuple(column.name for column in fields(LinkRow) if column.name != "line")
"""The file's first columns, called as in LinkRow; the rest are the customer's own fields."""
Row = tuple[int, list[str]]
"""The line a row begins on, 1-based, and its cells."""


@dataclass(slots=True)
class Customers:
    fields: frozenset[str] = frozenset()
    records: dict[str, CustomerRecord] = field(default_factory=dict)
    links: list[LinkRow] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)


def read_customers(file: Path) -> Customers:
    """OSError when there is no such file, Misconfigured when it is no such table."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            rows = _rows(source)
            columns = next(rows, (1, []))[1]
            if tuple(columns[: len(LINK_COLUMNS)]) != LINK_COLUMNS:
                problem = f"{file}, line 1: the first columns must be {', '.join(LINK_COLUMNS)}."
                raise Misconfigured((problem,))
            collector = _Collector(columns, Customers(frozenset(columns[len(LINK_COLUMNS) :])))
            for line, cells in rows:
                collector.add(line, cells)
            return collector.finished()
    except (UnicodeDecodeError, csv.Error) as error:
        raise Misconfigured((f"{file} is no CSV file in UTF-8: {error}.",)) from error


def _rows(source: Iterable[str]) -> Iterator[Row]:
    reader = csv.reader(source, strict=True)
    begins = 1
    for cells in reader:
        if cells:
            yield begins, [cell.strip() for cell in cells]
        begins = reader.line_num + 1


@dataclass(slots=True)
class _Collector:
    columns: list[str]
    customers: Customers
    _first_lines: dict[str, int] = field(default_factory=dict)
    _bearers: dict[tuple[str, str], LinkRow] = field(default_factory=dict)
    _disputed: set[tuple[str, str]] = field(default_factory=set)

    def add(self, line: int, cells: list[str]) -> None:
        if len(cells) != len(self.columns):
            counts = f"{len(cells)} cells where the heading has {len(self.columns)}"
            self.customers.bad.append(BadRow(line, counts))
            return
        link = LinkRow(line, *cells[: len(LINK_COLUMNS)])
        own = tuple(zip(self.columns, cells, strict=True))[len(LINK_COLUMNS) :]
        record = CustomerRecord(link.customer_id, own)
        if problem := self._problem(link, record):
            self.customers.bad.append(BadRow(line, problem))
            return
        self._first_lines.setdefault(link.customer_id, line)
        self.customers.records[link.customer_id] = record
        if link.network:
            self._bearers.setdefault(_bearer(link), link)
            self.customers.links.append(link)

    def finished(self) -> Customers:
        """Of two rows that dispute a person neither is taken: a guess would tell on a stranger."""
        links = self.customers.links
        self.customers.links = [link for link in links if _bearer(link) not in self._disputed]
        self.customers.bad += [
            BadRow(link.line, "a later line gives its person to another customer")
            for link in links
            if _bearer(link) in self._disputed
        ]
        return self.customers

    def _problem(self, link: LinkRow, record: CustomerRecord) -> str:
        if not link.customer_id:
            return "no customer_id"
        if bool(link.network) != bool(link.network_user_id or link.handle):
            return "a network needs a network_user_id or a handle, and they need a network"
        if self.customers.records.get(link.customer_id, record) != record:
            first_line = self._first_lines[link.customer_id]
            return f"tells something else of its customer than line {first_line}"
        first = self._bearers.get(_bearer(link), link)
        if first.customer_id != link.customer_id:
            self._disputed.add(_bearer(link))
            return f"gives another customer to the person of line {first.line}"
        return ""


def _bearer(link: LinkRow) -> tuple[str, str]:
    return link.network, link.network_user_id or link.handle.lower()
