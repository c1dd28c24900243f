"""quiz.yaml beside the guidebook: questions that help to read it, and count against nobody.

Each names the sentence of the guidebook that answers it: that is what a wrong answer gets.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.compliance.policy_yaml import Entry, Problems, read

MOST_QUESTIONS, MOST_CHOICES, FEWEST_CHOICES = 5, 6, 2
"""A modal has room for a hundred blocks, most of them the guidebook's own."""
LONGEST_QUESTION, LONGEST_CHOICE, LONGEST_SENTENCE = 150, 75, 400
"""Characters. Slack shows no more of a choice."""
LONGEST = 20_000
SHORTEST_SENTENCE = 8
"""A letter stands in every guidebook, and answers nothing."""
_KEYS = ("ask", "choices", "right", "answered_by")


@dataclass(frozen=True, slots=True)
class Question:
    """`right` is one of `choices`; `answered_by` a sentence of the guidebook."""

    ask: str
    choices: tuple[str, ...]
    right: str
    answered_by: str

    def choice(self, place: str) -> str:
        """The choice at this place, such as "1" for the second; "" where there is none."""
        known = {str(at): choice for at, choice in enumerate(self.choices)}
        return known.get(place, "")


def read_quiz(text: str, *, where: str, book: str) -> tuple[Question, ...]:
    """Raises `Misconfigured` with all that is wrong, by line. `book` is what is shown."""
    problems = Problems(where)
    if len(text) > LONGEST:
        problems.add(1, f"longer than {LONGEST} characters; expected a few questions")
        problems.raise_any()
    page = read(text, problems)
    page.only(("questions",))
    entries = page.entries("questions")
    if not 1 <= len(entries) <= MOST_QUESTIONS:
        problems.add(
            page.line_of("questions"),
            f"{len(entries)} questions; expected 1 to {MOST_QUESTIONS} of them under `questions:`",
        )
    questions = tuple(_question(entry, problems) for entry in entries[:MOST_QUESTIONS])
    said = bare(book)
    asked: set[str] = set()
    for entry, question in zip(entries, questions, strict=False):
        answer = bare(question.answered_by)
        if answer not in said or len(answer) < SHORTEST_SENTENCE:
            line = entry.line_of("answered_by")
            problems.add(line, "answered_by: no sentence of the guidebook; expected its very words")
        if bare(question.ask) in asked:
            problems.add(entry.line_of("ask"), "ask: stands there already; expected each once")
        asked.add(bare(question.ask))
    problems.raise_any()
    return questions


def bare(markdown: str) -> str:
    """The words alone, as somebody would copy them from what is shown."""
    return " ".join(markdown.replace("**", "").replace("`", "").split()).casefold()


def _question(entry: Entry, problems: Problems) -> Question:
    entry.only(_KEYS)
    written = [(" ".join(word.split()), line) for word, line in entry.words("choices")]
    choices = tuple(word for word, _ in written)
    made = Question(entry.text("ask"), choices, entry.text("right"), entry.text("answered_by"))
    wrong = [*_wrong_choices(written), *((entry.line_of(key), said) for key, said in _wrong(made))]
    for line, said in wrong:
        problems.add(line, said)
    return made


def _wrong(made: Question) -> Iterator[tuple[str, str]]:
    for key, text, most in (
        ("ask", made.ask, LONGEST_QUESTION),
        ("answered_by", made.answered_by, LONGEST_SENTENCE),
    ):
        if len(text) > most:
            yield key, f"{key}: found {len(text)} characters, expected at most {most}"
    number = len(made.choices)
    if not FEWEST_CHOICES <= number <= MOST_CHOICES:
        yield "choices", f"choices: found {number}, expected {FEWEST_CHOICES} to {MOST_CHOICES}"
    if made.right and made.right not in made.choices:
        yield "right", "right: none of the choices; expected one of them, word for word"


def _wrong_choices(written: list[tuple[str, int]]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for word, line in written:
        if len(word) > LONGEST_CHOICE:
            yield line, f"choices: found {len(word)} characters, expected at most {LONGEST_CHOICE}"
        if not any(sign.isalnum() for sign in word):
            yield line, "choices: no letter in it; expected words"
        if word.casefold() in seen:
            yield line, "choices: stands there already; expected each once"
        seen.add(word.casefold())
