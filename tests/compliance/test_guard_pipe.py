"""`python -m bot guard --spans`: JSON lines in, JSON lines out, whatever comes in."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.compliance.spans import LONGEST_LINE, answer_lines
from tests.house.source import PROJECT

COMMAND = (sys.executable, "-m", "bot", "guard", "--spans")


def piped(home: Path, lines: bytes, **environ: str) -> tuple[int, list[dict[str, Any]], str]:
    """Run in a folder of its own with nothing set."""
    done = subprocess.run(
        COMMAND, cwd=home, input=lines, capture_output=True, check=False,
        env={"PYTHONPATH": str(PROJECT), **environ},
    )  # fmt: skip
    return (
        done.returncode,
        [json.loads(line) for line in done.stdout.splitlines()],
        done.stderr.decode(),
    )


def test_one_answer_a_line_and_what_cannot_be_read_loses_nothing(tmp_path: Path) -> None:
    texts: list[object] = ["card 4111 1111 1111 1111 ü", "fine", "\ud800 a@b.co"]
    lines = [json.dumps({"text": text}).encode() for text in texts]
    lines[1:1] = [b"nonsense 4111111111111111", b"", b'{"text": 5}', b"\xff", b"[" * 100_000]
    code, answers, err = piped(tmp_path, b"\n".join(lines))
    assert (code, err) == (1, "")
    assert answers[0] == {
        "masked": "card [card ••1111] ü",
        "spans": [{"start": 5, "end": 24, "kind": "card"}],
    }
    assert [answer["error"].split(":")[0] for answer in answers[1:6]] == [
        f"line {number}" for number in range(2, 7)
    ]
    assert "4111" not in repr(answers[1:6])
    assert answers[6] == {"masked": "fine", "spans": []}
    assert answers[7]["spans"] == [{"start": 2, "end": 8, "kind": "email"}]


def test_nothing_in_nothing_out(tmp_path: Path) -> None:
    assert piped(tmp_path, b"") == (0, [], "")


def test_each_line_is_answered_before_the_next_one_is_typed(tmp_path: Path) -> None:
    with subprocess.Popen(
        COMMAND, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(PROJECT)},
    ) as running:  # fmt: skip
        assert running.stdin is not None
        assert running.stdout is not None
        for number in range(3):
            running.stdin.write(b'{"text": "a%d@b.co"}\n' % number)
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["spans"][0]["kind"] == "email"
        running.stdin.close()
    assert running.returncode == 0


def test_a_reader_that_leaves_is_no_trouble(tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    lines.write_bytes(b'{"text": "hello"}\n' * 20_000)
    reading, writing = os.pipe()
    with lines.open("rb") as source, subprocess.Popen(
        COMMAND, cwd=tmp_path, stdin=source, stdout=writing, stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(PROJECT)},
    ) as running:  # fmt: skip
        os.close(writing)
        os.read(reading, 10)
        os.close(reading)
        _, err = running.communicate()
    assert (running.returncode, err) == (1, b"")


def test_app_yaml_tells_it_the_organisations_own_numbers(tmp_path: Path) -> None:
    page = tmp_path / "app.yaml"
    page.write_text("guard:\n  numbers:\n    - {name: policy, pattern: 'P-[0-9]{8}'}\n")
    line = b'{"text": "about P-12345678"}'
    _, answers, _ = piped(tmp_path, line)
    assert answers == [
        {"masked": "about [policy]", "spans": [{"start": 6, "end": 16, "kind": "policy"}]}
    ]
    page.rename(tmp_path / "other.yaml")
    assert piped(tmp_path, line)[1][0]["spans"] == []
    assert piped(tmp_path, line, USHER_CONFIG="other.yaml")[1] == answers


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "guard:\n  numbers:\n    - {name: x, pattern: '[0-9'}\n",
            "app.yaml:3: guard › numbers › 1",
        ),
        ("guard:\n  region: [US]\n", "did you mean regions?"),
    ],
)
def test_what_is_wrong_in_app_yaml_is_told(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "app.yaml").write_text(written)
    code, answers, err = piped(tmp_path, b'{"text": "x"}')
    assert (code, answers) == (2, [])
    assert said in err


def test_a_line_without_end_does_not_fill_the_memory(guard: Guard) -> None:
    lines = io.BytesIO(b"x" * (2 * LONGEST_LINE + 5) + b'\n{"text": "fine"}\n')
    said = io.StringIO()
    assert answer_lines(lines, said, guard, spans=True) == 1
    first, second = map(json.loads, said.getvalue().splitlines())
    assert "longer than" in first["error"]
    assert second == {"masked": "fine", "spans": []}


@settings(deadline=None)
@given(st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"")), max_size=5))
def test_any_bytes_get_as_many_answers_as_lines(guard: Guard, lines: list[bytes]) -> None:
    said = io.StringIO()
    answer_lines(io.BytesIO(b"".join(line + b"\n" for line in lines)), said, guard, spans=True)
    assert len(said.getvalue().splitlines()) == len(lines)
