"""Where a copy of what goes out is kept: one line each. A new one is its own file and its line."""

from typing import Any

from bot.archives.base import Archive
from bot.archives.file import FileArchive, FileSettings
from bot.model.connector import Connector

ARCHIVES: dict[str, Connector[Any, Archive]] = {
    "file": Connector(FileSettings, FileArchive.make),
}
