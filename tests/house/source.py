"""The project's own files, as the house rules read them."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PRODUCT = ("bot", "handlers", "storage")
OURS = (*PRODUCT, "bench", "tests")
NOT_OURS = {".git", ".venv", "build", "data", "__pycache__", ".hypothesis"}


@dataclass(frozen=True, slots=True)
class Source:
    path: str
    """From the project's root, with forward slashes."""
    text: str
    tree: ast.Module

    def at(self, node: ast.expr | ast.stmt | ast.excepthandler) -> str:
        return f"{self.path}:{node.lineno}"


def sources(*folders: str) -> Iterator[Source]:
    for folder in folders:
        for path in sorted((PROJECT / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            yield Source(path.relative_to(PROJECT).as_posix(), text, ast.parse(text))


def texts() -> Iterator[tuple[str, str]]:
    """Every text file that is handed on, with its path: code, pages, settings, scripts."""
    for folder, inner, names in os.walk(PROJECT):
        inner[:] = sorted(
            name for name in inner if name not in NOT_OURS and not name.endswith("_cache")
        )
        for name in sorted(names):
            path = Path(folder, name)
            try:
                yield path.relative_to(PROJECT).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # a picture
