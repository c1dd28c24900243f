"""A figure's verdict and its written form, which others read from build/bench.json."""

import json
from pathlib import Path

from bench.floors import in_turns, p99
from bench.report import AT_LEAST, AT_MOST, Figure, write


def test_a_goal_binds_the_ratio_in_its_direction() -> None:
    assert Figure("claim", 3.0, "ms", 2.0, AT_MOST, 1.5).met
    assert not Figure("claim", 3.1, "ms", 2.0, AT_MOST, 1.5).met
    assert Figure("ingest", 1.0, "rows/s", 4.0, AT_LEAST, 0.25).met
    assert not Figure("ingest", 0.9, "rows/s", 4.0, AT_LEAST, 0.25).met


def test_the_written_form(tmp_path: Path) -> None:
    path = tmp_path / "build" / "bench.json"
    write([Figure("claim", 3.0, "ms", 2.0, AT_MOST, 2)], path)
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


async def test_medians_without_the_first_round() -> None:
    ours, floor = iter([99.0, 1.0, 5.0, 3.0]), iter([99.0, 2.0, 2.0, 8.0])

    async def one() -> float:
        return next(ours)

    async def other() -> float:
        return next(floor)

    assert await in_turns(one, other, repeats=3) == (3.0, 2.0)


def test_the_99th_of_fifty() -> None:
    assert p99([float(n) for n in range(1, 51)]) == 49.51
