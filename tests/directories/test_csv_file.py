"""Customers in a file as people export them: with a mark in front, in pieces, changed, or wrong."""

import os
from pathlib import Path

import pytest

from bot.directories.csv_file import CsvFile
from bot.directories.csv_rows import LINK_COLUMNS
from bot.errors import Misconfigured
from tests.contracts.directory_stages import HEADING, JANE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "customers.csv"


def written(file: Path, text: str, *, encoding: str = "utf-8") -> CsvFile:
    file.write_bytes(text.encode(encoding))
    return CsvFile(file)


def problems(directory: CsvFile) -> str:
    with pytest.raises(Misconfigured) as raised:
        directory.links()
    return str(raised.value)


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
    assert problems(directory) == f"{file}, line 5: no customer_id"


async def test_all_bad_rows_are_named_and_hide_only_their_own_customer(file: Path) -> None:
    rows = [
        JANE,
        "x,2002,tom,C-2\n",
        "x,2003,mia,,oauth_verified,2026-01,,,2020,\n",
        "x,,,C-4,,,,,2020,\n",
        ",2005,ann,C-5,,,,,2020,\n",
        "x,2006,jane_two,C-1,,,,,2020,other@example.com\n",
        "x,2001,jane,C-7,,,,,2020,\n",
        "x,2008,zoe,C-8,,,,,2020,\n",
    ]
    directory = written(file, HEADING + "".join(rows))
    assert problems(directory).splitlines() == [
        f"{file}, line 3: 4 cells where the heading has 10",
        f"{file}, line 4: no customer_id",
        f"{file}, line 5: a network needs a network_user_id or a handle, and they need a network",
        f"{file}, line 6: a network needs a network_user_id or a handle, and they need a network",
        f"{file}, line 7: tells something else of its customer than line 2",
        f"{file}, line 8: gives another customer to the person of line 2",
    ]
    found = {
        name for name in ("C-1", "C-2", "C-4", "C-5", "C-7", "C-8") if await directory.find(name)
    }
    assert found == {"C-1", "C-8"}


async def test_two_handles_may_be_one_customers(file: Path) -> None:
    other = JANE.replace("2001", "2009").replace("jane,", "jane_at_work,")
    directory = written(file, HEADING + JANE + other)
    assert [link.line for link in directory.links()] == [2, 3]


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
