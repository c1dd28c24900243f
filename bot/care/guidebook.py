"""The guidebook in force: what the organisation wrote, its gaps filled by charter and policy.

What is shown has a hash, questions included, and that is its version: whoever accepted another one
reads again, whether the file, the charter or the policy changed what stands there. A file that
goes away while Usher is at work keeps nobody from helping who accepted the last one there was.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.care.guidebook_news import news
from bot.care.quiz import Question, read_quiz
from bot.compliance import Action, CaseFacts, NoRequest, ObligationKind, Policy, ReplyFacts
from bot.compliance import Question as Asked
from bot.compliance.chilling import chilling
from bot.compliance.plain_template import PlainTemplate
from bot.errors import Misconfigured
from bot.model.case import CaseState, Source
from bot.model.ids import CaseId, PersonKey
from bot.model.person import Enrolment, Membership, Person
from bot.model.reply import Way
from bot.model.visit import Form
from bot.slack.forms.guidebook import HELD, NAME
from bot.slack.markdown import unshown
from storage.unit_of_work import Records

log = structlog.get_logger(__name__)

QUIZ = "quiz.yaml"
"""Stands beside the guidebook."""
AWAY = (
    "The guidebook cannot be shown at the moment, so accepting it has to wait; whoever accepted it "
    "goes on. Please try again later, or tell your coordinator: `python -m bot check` says what is "
    "missing."
)
OF_POLICY = ("approver", "trust_after", "attest_days")


@dataclass(frozen=True, slots=True)
class Guidebook:
    """`version` is the SHA-256 of what is shown, so that any change asks everyone again."""

    version: str
    markdown: str
    questions: tuple[Question, ...] = ()

    def asked(self) -> Iterator[tuple[str, Question]]:
        """Each question with the name of its place in the form."""
        for place, question in enumerate(self.questions, start=1):
            yield f"question{place}", question


@dataclass(slots=True)
class Book:
    """`words` are the charter's. What the policy says stands in there too: it may change."""

    path: Path
    words: Mapping[str, str]
    policy: Callable[[], Policy]
    _kept: dict[str, Guidebook] = field(default_factory=dict)
    _away: str = ""
    """Hash of the policy that asks for a guidebook which could not be read."""

    @property
    def version(self) -> str:
        return self.last().version

    def last(self) -> Guidebook:
        """That could be read. Raises `Misconfigured` where none ever could."""
        digest = self.policy().hash
        if digest not in self._kept and (digest != self._away or not self._kept):
            try:
                return self.now()
            except Misconfigured as wrong:
                if not self._kept:
                    raise
                # Said once, not at each verb; reading it again is for whoever wants to accept it.
                self._away = digest
                log.error("guidebook.away", what=wrong.problems)  # noqa: TRY400 – names its place
        (last,) = self._kept.values()
        return last

    def shows(self) -> bool:
        """Whether the one that the policy in force asks for can be read now."""
        try:
            self.now()
        except Misconfigured:
            return False
        return True

    def now(self) -> Guidebook:
        """Read once for each policy. Raises `Misconfigured` by file and line."""
        policy = self.policy()
        kept = self._kept.get(policy.hash)
        if kept is None:
            kept = self.of(policy)
            self._kept = {policy.hash: kept}
        return kept

    def news(self, unit: Records, key: PersonKey) -> tuple[str, ...]:
        """What changed since this person accepted it; nothing for who never did, or just now."""
        accepted = unit.ambassadors.accepted(key)
        if accepted is None:
            return ()
        book = self.last()
        if accepted.version == book.version:
            days = self.policy().settings.attest_days
            return (f"Nothing changed, but you accepted it more than {days} days ago.",)
        before = unit.guidebooks.text(accepted.version)
        if before is None:
            return ("It has changed since you accepted it.",)
        return news(before, book.markdown) or ("Only the questions at its end have changed.",)

    def hints(self) -> Iterator[str]:
        """Clauses that might chill employees' own speech: as written, by file and line, and as
        they read once the gaps are filled and the tags are gone."""
        told: set[str] = set()
        for path in (self.path, self.path.parent / QUIZ):
            for line, said in chilling(_text(path)) if path.is_file() else ():
                told.add(said)
                yield f"{path.name}:{line}: {said}."
        for _, said in chilling(self.now().markdown):
            if said not in told:
                yield f"{self.path.name}, as it is shown: {said}."

    def of(self, policy: Policy) -> Guidebook:
        """As it would be under this one. Raises `Misconfigured` by file and line."""
        words = {**self.words, **_of_policy(policy)}
        template = PlainTemplate.read(_text(self.path), where=self.path.name, names=words)
        markdown = template.render(words)
        if not any(map(str.isalnum, markdown)):
            raise Misconfigured((f"{self.path.name}:1: empty; expected what colleagues accept",))
        # The hash is of all of it, so all of it is to be seen.
        if said := unshown(markdown):
            raise Misconfigured((f"{self.path.name}:1: cannot be shown whole: {said}",))
        if not policy.settings.quiz:
            return Guidebook(_hash(markdown), markdown)
        questions = self._questions(markdown)
        return Guidebook(_hash(f"{markdown}\0{questions!r}"), markdown, questions)

    def _questions(self, markdown: str) -> tuple[Question, ...]:
        path = self.path.parent / QUIZ
        if not path.is_file():
            said = f"{path.name}:1: not there, and the policy has `quiz: yes`; expected it beside "
            raise Misconfigured((f"{said}{self.path.name}",))
        return read_quiz(_text(path), where=path.name, book=markdown)


def form_of(
    unit: Records, by: Person, case_id: CaseId | None, *, version: str, news: tuple[str, ...]
) -> Form:
    """Its acceptance claims the case, unless it is theirs already."""
    case = unit.cases.get(case_id) if case_id is not None else None
    held = case is not None and case.holder == by.key and case.state is CaseState.OPEN
    filled = ((HELD, "yes"),) if held else ()
    return Form(NAME, case_id, version_id=version, news=news, filled=filled)


def _of_policy(policy: Policy) -> dict[str, str]:
    """Who looks at a new colleague's answer first, and until when; "" for nobody and never."""
    asked = Asked(
        action=Action.SEND_REPLY,
        membership=Membership.MEMBER,
        roles=frozenset(),
        enrolment=Enrolment.YES,
        trusted=False,
        case=CaseFacts(open=True, held=True, holder_is_actor=True, source=Source.MENTION),
        reply=ReplyFacts(Way.PUBLIC, summoned=True, topic_held=False),
        request=NoRequest(),
        unsure=frozenset(),
    )
    decision, settings = policy.decide(asked), policy.settings
    kinds = (ObligationKind.APPROVAL, ObligationKind.TWO_APPROVALS)
    roles = [owed.role for kind in kinds for owed in decision.asks(kind)]
    values = (" or ".join(sorted(roles)), settings.trust_after or "", settings.attest_days)
    return dict(zip(OF_POLICY, map(str, values), strict=True))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Misconfigured((f"{path.name}:1: cannot be read: {reason}",)) from error


def _hash(shown: str) -> str:
    return hashlib.sha256(shown.encode()).hexdigest()
