"""The directories Usher may ask: one line each. A new one is its own file and its line here."""

from typing import Any

from bot.directories.base import Directory
from bot.directories.csv_file import CsvFile, CsvFileSettings
from bot.model.connector import Connector

DIRECTORIES: dict[str, Connector[Any, Directory]] = {
    "csv_file": Connector(CsvFileSettings, CsvFile.make),
}
