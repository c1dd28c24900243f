"""Customers in a file as people export them: with a mark in front, in pieces, changed, or wrong."""

import csv
import os
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.directories.csv_file import CsvFile
from bot.directories.csv_rows import LINK_COLUMNS
from bot.errors import Misconfigured
from bot.model.customer import BadRow, LinkRow
from tests.contracts.directory_stages import HEADING, JANE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "customers.csv"


def written(file: Path, text: str, *, encoding: str = "utf-8") -> CsvFile:
    file.write_bytes(text.encode(encoding))
    return CsvFile(file)


def bad(directory: CsvFile) -> dict[int, str]:
    return {row.line: row.reason for row in directory.links() if isinstance(row, BadRow)}


def good(directory: CsvFile) -> list[int]:
    return [row.line for row in directory.links() if isinstance(row, LinkRow)]


def test_the_columns_are_called_as_in_the_link_row() -> None:
    assert HEADING.startswith(",".join(LINK_COLUMNS))


async def test_a_file_from_a_spreadsheet_is_read(file: Path) -> None:
    text = (HEADING + JANE).replace("\n", "\r\n")
    directory = written(file, text, encoding="utf-8-sig")
    assert await directory.find("C-1") is not None
    assert len(list(directory.links())) == 1


async def test_a_changed_file_is_read_again(file: Path) -> None:
    directory = written(file, HEADING + JANE)
    assert await directory.find("C-2") is None
    written(file, HEADING + JANE.replace("C-1", "C-2"))
    os.utime(file, ns=(1, 1))
    assert await directory.find("C-2") is not None
    assert await directory.find("C-1") is None


async def test_lines_are_counted_as_an_editor_does(file: Path) -> None:
    spread = JANE.replace("2019", '"20\n19"')
    directory = written(
        file, HEADING + spread + "\n" + JANE.replace("C-1", "").replace("2001", "5")
    )
    assert bad(directory) == {5: "no customer_id"}


async def test_bad_rows_are_named_and_the_rest_goes_on(file: Path) -> None:
    rows = [
        JANE,
        "x,2002,tom,C-2\n",
        "x,2003,mia,,oauth_verified,2026-01,,,2020,\n",
        "x,,,C-4,,,,,2020,\n",
        ",2005,ann,C-5,,,,,2020,\n",
        "x,2006,jane_two,C-1,,,,,2020,other@example.com\n",
        "x,2001,jane,C-7,,,,,2020,\n",
        "x,2008,zoe,C-8,,,,,2020,\n",
        "x,2010,eve,C-9,,,,,2020,,,\n",
    ]
    directory = written(file, HEADING + "".join(rows))
    assert bad(directory) == {
        2: "a later line gives its person to another customer",
        3: "4 cells where the heading has 10",
        4: "no customer_id",
        5: "a network needs a network_user_id or a handle, and they need a network",
        6: "a network needs a network_user_id or a handle, and they need a network",
        7: "tells something else of its customer than line 2",
        8: "gives another customer to the person of line 2",
        10: "12 cells where the heading has 10",
    }
    assert good(directory) == [9]
    found = {
        name for name in ("C-1", "C-2", "C-4", "C-5", "C-7", "C-8") if await directory.find(name)
    }
    assert found == {"C-1", "C-8"}


async def test_two_handles_may_be_one_customers(file: Path) -> None:
    other = JANE.replace("2001", "2009").replace("jane,", "jane_at_work,")
    directory = written(file, HEADING + JANE + other)
    assert good(directory) == [2, 3]


@given(rows=st.lists(st.lists(st.text(max_size=8), max_size=12), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_row_is_too_strange_to_be_set_aside(file: Path, rows: list[list[str]]) -> None:
    paper = StringIO(newline="")
    csv.writer(paper).writerows(rows)
    directory = written(file, HEADING + JANE + paper.getvalue(), encoding="utf-8")
    told = bad(directory)
    assert set(told).isdisjoint(good(directory))
    assert 2 in {*told, *good(directory)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: the first columns must be network,"),
        ("handle,customer_id\njane,C-1\n", "line 1: the first columns must be network,"),
        (HEADING + 'x,2001,"jane"oops,C-1,,,,,,\n', "no CSV file"),
        (HEADING + JANE.replace("jane,", '"jane,'), "no CSV file"),
    ],
)
async def test_what_is_no_such_table_asks_a_human(file: Path, text: str, says: str) -> None:
    with pytest.raises(Misconfigured, match=says):
        await written(file, text).find("C-1")


async def test_another_encoding_asks_a_human(file: Path) -> None:
    directory = written(file, HEADING + JANE.replace("jane", "jané"), encoding="latin-1")
    with pytest.raises(Misconfigured, match="UTF-8"):
        await directory.find("C-1")


async def test_a_missing_file_asks_a_human_until_it_is_there(file: Path) -> None:
    directory = CsvFile(file)
    with pytest.raises(Misconfigured, match=r"directories\.csv_file"):
        await directory.find("C-1")
    with pytest.raises(Misconfigured, match="cannot be read"):
        directory.links()
    written(file, HEADING + JANE)
    assert await directory.find("C-1") is not None
