"""For each directory the other side of it, so that one suite can ask the same of all.

Every stage knows two customers: C-1 (since 2019, jane@example.com) with the handle jane, id 2001,
and C-2 (since 2021, no e-mail) without one.
"""

from collections.abc import Callable
from pathlib import Path

from bot.directories.base import Directory
from bot.directories.csv_file import CsvFile

HEADING = (
    "network,network_user_id,handle,customer_id,basis,consent_version,linked_at,linked_by,"
    "customer_since,email\n"
)
JANE = (
    "x,2001,jane,C-1,customer_provided,2026-01,2026-02-03T09:00:00Z,intake,2019,jane@example.com\n"
)
NOBODY = ",,,C-2,,,,,2021,\n"


def _csv_file(folder: Path) -> Callable[[], Directory]:
    file = folder / "customers.csv"
    file.write_text(HEADING + JANE + NOBODY, encoding="utf-8")
    return lambda: CsvFile(file)


STAGES: dict[str, Callable[[Path], Callable[[], Directory]]] = {"csv_file": _csv_file}
