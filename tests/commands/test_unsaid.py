"""What a command prints and cannot get rid of: a sentence on stderr, and the command failed."""

import os
from collections.abc import Iterator

import pytest

from tests.commands.operator import Operator
from tests.commands.test_command_line import one_sentence


@pytest.fixture
def full() -> Iterator[int]:
    """A disk that takes nothing more."""
    taken = os.open("/dev/full", os.O_WRONLY)
    yield taken
    os.close(taken)


@pytest.mark.parametrize("words", [("manifest",), ("--help",), ("check",), ("migrate",)])
async def test_a_full_disk_is_a_sentence(
    operator: Operator, full: int, words: tuple[str, ...]
) -> None:
    said = await operator.types(*words, stdout=full)
    one_sentence(said, code=5, words="cannot be written: No space left on device")


async def test_whoever_has_read_enough_is_told_nothing(operator: Operator) -> None:
    reads, taken = os.pipe()
    os.close(reads)
    said = await operator.types("manifest", stdout=taken)
    os.close(taken)
    assert (said.code, said.err) == (1, "")
