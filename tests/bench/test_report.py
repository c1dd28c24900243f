"""A figure's verdict and its written form, which others read from build/bench.json."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console

from bench.floors import in_turns, p99
from bench.report import AT_LEAST, AT_MOST, Figure, show, write


def test_a_goal_binds_the_ratio_in_its_direction() -> None:
    assert Figure("claim", 3.0, "ms", 2.0, AT_MOST, 1.5).met
    assert not Figure("claim", 3.1, "ms", 2.0, AT_MOST, 1.5).met
    assert Figure("ingest", 1.0, "rows/s", 4.0, AT_LEAST, 0.25).met
    assert not Figure("ingest", 0.9, "rows/s", 4.0, AT_LEAST, 0.25).met


def test_the_written_form(tmp_path: Path) -> None:
    path = tmp_path / "build" / "bench.json"
    write([Figure("claim", 3.0, "ms", 2.0, AT_MOST, 2)], path, whole=True)
    assert json.loads(path.read_text(encoding="utf-8")) == [
        {
            "name": "claim",
            "value": 3.0,
            "unit": "ms",
            "floor": 2.0,
            "ratio": 1.5,
            "goal": "<= 2",
            "met": True,
        }
    ]


async def test_the_turn_with_the_median_ratio_without_the_first() -> None:
    ours, floor = iter([99.0, 1.0, 5.0, 30.0]), iter([99.0, 8.0, 2.0, 20.0])

    async def one() -> float:
        return next(ours)

    async def other() -> float:
        return next(floor)

    assert await in_turns(one, other, turns=3) == (30.0, 20.0)


def test_a_named_run_leaves_the_other_figures(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    claim, ingest = (Figure(name, 3.0, "ms", 2.0, AT_MOST, 2) for name in ("claim", "ingest"))

    def written() -> list[tuple[str, float]]:
        return [(row["name"], row["value"]) for row in json.loads(path.read_bytes())]

    write([claim], path, whole=False)
    write([ingest], path, whole=False)
    write([replace(claim, value=4.0)], path, whole=False)
    assert written() == [("claim", 4.0), ("ingest", 3.0)]
    write([ingest], path, whole=True)
    assert written() == [("ingest", 3.0)]


def test_no_name_is_cut_in_a_narrow_terminal() -> None:
    name = "lookup_http_vs_floor (postgresql)"
    shown = StringIO()
    figure = Figure(name, 4572.66, "mentions/s", 15978.8, AT_LEAST, 0.25)
    show([figure], Console(width=40, file=shown))
    (row,) = (line for line in shown.getvalue().splitlines() if "lookup" in line)
    assert " ".join(row.split()) == f"{name} 4573 15979 mentions/s 0.29 >= 0.25 yes"


def test_the_99th_of_fifty() -> None:
    assert p99([float(n) for n in range(1, 51)]) == 49.51
