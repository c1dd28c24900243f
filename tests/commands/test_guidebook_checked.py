"""What `check` says of the guidebook and its questions: slips by file and line, chills as hints."""

import pytest

from bot import manual
from tests.commands.operator import Operator, Said
from tests.compliance.test_plain_template import HOSTILE
from tests.running import PROJECT, Page, write_home

QUIZ = (PROJECT / "quiz.yaml").read_text(encoding="utf-8")

AGAIN = QUIZ.splitlines()[4]


def dealership(page: Page) -> None:
    page["policy"]["profile"] = "dealership"


async def said_of(operator: Operator, *, book: str = "", quiz: str | None = QUIZ) -> Said:
    """With a policy that asks the questions."""
    write_home(operator.home, dealership)
    if book:
        (operator.home / "guidebook.md").write_text(book, encoding="utf-8")
    if quiz is None:
        (operator.home / "quiz.yaml").unlink()
    else:
        (operator.home / "quiz.yaml").write_text(quiz, encoding="utf-8")
    return await operator.does(manual.check)


async def test_what_comes_along_is_in_place(operator: Operator) -> None:
    said = await said_of(operator)
    assert "✓ Everything is in place" in said.out
    assert "may chill" not in said.out


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_template_that_computes_is_named_by_file_and_line(
    operator: Operator, text: str
) -> None:
    said = await said_of(operator, book=f"# Ours\n\n{text}\n")
    assert said.code == 1
    assert "✗ guidebook.md:" in said.out


async def test_a_slip_in_the_guidebook_is_named(operator: Operator) -> None:
    said = await said_of(operator, book="# Ours\n\nWe are {{ organisaton }}.\n")
    slip = "✗ guidebook.md:3: no word is called 'organisaton'; did you mean 'organisation'?"
    assert slip in said.out


async def test_a_file_that_is_no_text(operator: Operator) -> None:
    write_home(operator.home)
    (operator.home / "guidebook.md").write_bytes(b"\xff\xfe\x00")
    said = await operator.does(manual.check)
    assert "✗ guidebook.md:1: cannot be read: it is not UTF-8 text" in said.out


async def test_a_clause_that_chills_is_a_hint_with_its_line(operator: Operator) -> None:
    write_home(operator.home)
    (operator.home / "guidebook.md").write_text("# Ours\n\nNever disparage us.\n", encoding="utf-8")
    said = await operator.does(manual.check)
    assert said.code == 0
    assert "· guidebook.md:3: “disparage” may chill employees' own speech" in said.out


async def test_a_clause_in_pieces_is_read_as_it_is_shown(operator: Operator) -> None:
    """A tag in the middle of a word, and a sentence of which the charter says a half."""
    book = "# Ours\n\nDis{% if organisation %}parage{% endif %} nobody.\n\nNever {{ voice }}.\n"

    def change(page: Page) -> None:
        page["charter"]["voice"] = "discuss wages"

    write_home(operator.home, change)
    (operator.home / "guidebook.md").write_text(book, encoding="utf-8")
    said = await operator.does(manual.check)
    assert said.code == 0
    assert "· guidebook.md, as it is shown: “Disparage” may chill employees' own" in said.out
    assert "· guidebook.md, as it is shown: “Never discuss wages” may chill" in said.out


@pytest.mark.parametrize(
    ("book", "slip"),
    [
        (" \n\n", "guidebook.md:1: empty; expected what colleagues accept"),
        ("# \n\n---\n", "guidebook.md:1: empty; expected what colleagues accept"),
        ("\0", "guidebook.md:1: empty; expected what colleagues accept"),
    ],
)
async def test_nobody_accepts_nothing(operator: Operator, book: str, slip: str) -> None:
    assert f"✗ {slip}" in (await said_of(operator, book=book)).out


@pytest.mark.parametrize(
    ("book", "sentence"),
    [
        ("Ours.\n\n" * 200, "200 paragraphs, lists and headings; expected at most 90"),
        ("# Ours\n\n" + "so " * 1_500, "is too long; expected at most 2900 characters of it"),
        ("# " + "Ours " * 700, "is too long; expected at most 2900 characters of it"),
    ],
)
async def test_what_nobody_would_see_is_not_agreed_to(
    operator: Operator, book: str, sentence: str
) -> None:
    said = await said_of(operator, book=book)
    assert "✗ guidebook.md:1: cannot be shown whole: " in said.out
    assert sentence in said.out


async def test_questions_that_are_not_there(operator: Operator) -> None:
    said = await said_of(operator, quiz=None)
    assert "✗ quiz.yaml:1: not there, and the policy has `quiz: yes`" in said.out


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("    right: No, only", "    right: Only", 17, "right: none of the choices"),
        (
            "    answered_by: The service",
            "    answered_by: A service",
            11,
            "no sentence of the guide",
        ),
        ("  - ask: May you look", "  - ask_it: May you look", 12, "unknown key 'ask_it'"),
        (
            "    answered_by: The service desk has its own safe way.",
            "    answered_by: e",
            11,
            "no sen",
        ),
        ("  - ask: May you look up a customer whose case a colleague holds?", AGAIN, 12, "already"),
        ("      - I say what I think", "      - " + "x" * 80, 22, "found 80 characters"),
        ("      - I leave it unanswered", "      - I say what I think", 23, "stands there already"),
        ("questions:", "questions: {}\nmore:", 4, "expected a list"),
        ("questions:", "questions: [", 5, "not valid YAML"),
    ],
)
async def test_a_slip_in_the_questions_is_named(
    operator: Operator, old: str, new: str, line: int, sentence: str
) -> None:
    assert QUIZ.count(old) == 1
    said = await said_of(operator, quiz=QUIZ.replace(old, new))
    problems = [each for each in said.out.splitlines() if f"quiz.yaml:{line}:" in each]
    assert [each for each in problems if sentence in each], said.out


async def test_nobody_starts_with_a_guidebook_that_cannot_be_shown(operator: Operator) -> None:
    await said_of(operator, book="{{ 9**9**9 }}")
    said = await operator.types("run")
    assert said.code == 2
    assert "guidebook.md:1: pow computes" in said.err
