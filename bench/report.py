"""A figure, whether it met its goal, and where it is written: a table and build/bench.json."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from rich import box
from rich.console import Console
from rich.table import Table

AT_MOST, AT_LEAST = "<=", ">="
WIDEST = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """`goal` bounds the ratio of `value` to `floor`; which way, `direction` says."""

    name: str
    value: float
    unit: str
    floor: float
    direction: str
    goal: float

    @property
    def ratio(self) -> float:
        return self.value / self.floor

    @property
    def met(self) -> bool:
        return self.ratio <= self.goal if self.direction == AT_MOST else self.ratio >= self.goal

    def as_row(self) -> dict[str, str | float | bool]:
        return {
            "name": self.name,
            "value": round(self.value, 6),
            "unit": self.unit,
            "floor": round(self.floor, 6),
            "ratio": round(self.ratio, 4),
            "goal": f"{self.direction} {self.goal:g}",
            "met": self.met,
        }


def write(figures: Sequence[Figure], path: Path, *, whole: bool) -> None:
    """`whole`: these are all figures; else those taken earlier stay beside them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = [] if whole or not path.exists() else orjson.loads(path.read_bytes())
    rows = {row["name"]: row for row in (*kept, *(figure.as_row() for figure in figures))}
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    path.write_bytes(orjson.dumps(list(rows.values()), option=option))


def show(figures: Sequence[Figure], console: Console) -> None:
    table = Table("figure", "value", "floor", "unit", "ratio", "goal", "met", box=box.SIMPLE)
    for figure in figures:
        table.add_row(
            figure.name,
            _short(figure.value),
            _short(figure.floor),
            figure.unit,
            f"{figure.ratio:.2f}",
            f"{figure.direction} {figure.goal:g}",
            "yes" if figure.met else "NO",
        )
    # Whole names, even where the terminal is narrow or the output goes to a file.
    Console(file=console.file, width=WIDEST).print(table)


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"
