"""What counts as a reason: a word at least, in whatever script."""

import pytest

from bot.care.reasons import is_reason

READ = ("wrong address", "Ticket 4711", "退款", "환불", "возврат", "وصل", "काम", "รู้")
UNREAD = ("", "…", "x", "ok", "xxx", "4711", "a b c", "i.", "退", "٣٤٥", "क", "🙂🙂🙂", "—", "_ _")


@pytest.mark.parametrize("said", READ)
def test_a_word_is_a_reason(said: str) -> None:
    assert is_reason(said)


@pytest.mark.parametrize("said", UNREAD)
def test_less_is_none(said: str) -> None:
    assert not is_reason(said)
