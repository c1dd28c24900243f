"""quiz.yaml, whatever somebody wrote there: read, or refused by file and line."""

from hypothesis import given
from hypothesis import strategies as st

from bot.care.quiz import MOST_CHOICES, MOST_QUESTIONS, Question, read_quiz
from bot.errors import Misconfigured
from tests.running import PROJECT

QUIZ = (PROJECT / "quiz.yaml").read_text(encoding="utf-8")
BOOK = (PROJECT / "guidebook.md").read_text(encoding="utf-8")


def assert_placed(refused: Misconfigured) -> None:
    for problem in refused.problems:
        where, line, _ = problem.split(":", 2)
        assert where == "quiz.yaml"
        assert line.isdecimal()


def read(text: str) -> tuple[Question, ...]:
    return read_quiz(text, where="quiz.yaml", book=BOOK)


def read_or_refused(text: str) -> None:
    try:
        questions = read(text)
    except Misconfigured as refused:
        assert_placed(refused)
    else:
        assert 1 <= len(questions) <= MOST_QUESTIONS
        for each in questions:
            assert each.right in each.choices
            assert 2 <= len(each.choices) <= MOST_CHOICES


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
pieces = st.sampled_from(
    [
        "questions:\n",
        "  - ask: x\n",
        "    choices: [a, b]\n",
        "    right: a\n",
        "- ",
        "{",
        "&a ",
        "*a",
    ]
)


@given(words | st.lists(pieces, max_size=20).map("".join))
def test_any_text(text: str) -> None:
    read_or_refused(text)


@given(st.integers(0, len(QUIZ)), words, st.integers(0, 60))
def test_any_slip_of_the_pen(at: int, typed: str, gone: int) -> None:
    read_or_refused(QUIZ[:at] + typed + QUIZ[at + gone :])


def test_only_the_place_of_the_right_choice_is_right() -> None:
    first, *_ = read(QUIZ)
    right = [
        at for at in ("0", "1", "2", "3", "", "-1", "１", "x") if first.choice(at) == first.right
    ]
    assert right == ["1"]
