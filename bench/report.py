"""A figure, whether it met its goal, and where it is written: a table and build/bench.json."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

AT_MOST, AT_LEAST = "<=", ">="


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


def write(figures: Sequence[Figure], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [figure.as_row() for figure in figures]
    path.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def show(figures: Sequence[Figure], console: Console) -> None:
    table = Table("figure", "value", "floor", "unit", "ratio", "goal", "met")
    for figure in figures:
        table.add_row(
            figure.name,
            f"{figure.value:.3g}",
            f"{figure.floor:.3g}",
            figure.unit,
            f"{figure.ratio:.2f}",
            f"{figure.direction} {figure.goal:g}",
            "yes" if figure.met else "NO",
        )
    console.print(table)
