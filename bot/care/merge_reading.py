"""What somebody who is to agree to a merge reads of it, and the hash of exactly that."""

import hashlib

from bot.care.topics import held_with
from bot.care.wording import holder, quoted, who
from bot.model.approval import Request
from bot.model.case import CaseView
from bot.model.ids import CaseId
from storage.unit_of_work import Records


def subject_of(case_id: CaseId, into: CaseId) -> str:
    return f"{case_id} {into}"


def numbers_of(subject: str) -> tuple[CaseId, CaseId]:
    case_id, into = subject.split()
    return CaseId(int(case_id)), CaseId(int(into))


def title_of(case_id: CaseId, into: CaseId) -> str:
    return f"Case {case_id} goes on in case {into}"


def read_of(unit: Records, case_id: CaseId, into: CaseId) -> Request:
    """Whatever is said, noted or done in either of them since makes another hash."""
    views = [view for one in (case_id, into) if (view := unit.cases.view(one)) is not None]
    whole = "\x1e".join(_whole(view) for view in views)
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    authors = {(view.case.author.network, view.case.author.user_id) for view in views}
    two = len(authors) > 1 or any(not user_id for _, user_id in authors)
    held = held_with(unit, into, case_id)
    lines = (*map(_line, views), *((_TWO,) if two else ()), *((held,) if held else ()))
    return Request(title_of(case_id, into), digest, lines=lines)


def _whole(view: CaseView) -> str:
    case = view.case
    said = (
        *(case.id, case.author.network, case.author.user_id, case.author.handle, case.quotable),
        *(case.state, case.holder or ""),
        *(f"post {each.id}" for each in view.mentions),
        *(f"note {each.at} {each.words}" for each in view.notes),
        *(f"handoff {each.kind} {each.state} {each.ticket}" for each in view.handoffs),
        *(f"answer {each.at} {each.url}" for each in view.answers),
        *(f"joined {each.id}" for each in view.joined),
    )
    return "\x1f".join(map(str, said))


def _line(view: CaseView) -> str:
    case = view.case
    counts = (
        (len(view.mentions), "posts"),
        (len(view.notes), "notes"),
        (len(view.handoffs), "hand-offs"),
        (len(view.answers), "answers"),
    )
    has = ", ".join(f"{what}: {count}" for count, what in counts if count)
    said = f"Case {case.id}, {who(case)}: {quoted(case.quotable)}, {holder(case)}"
    return f"{said}; {has}" if has else said


_TWO = "The network does not say that it is one customer: who asks says so."
