"""How a case is read: the one query, its row as a `Case`, and how words are looked for."""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, Table, bindparam, or_, select

from bot.model.case import Case, CaseState, NewCase, Source, Urgency
from bot.model.ids import CaseId, ChannelId, PersonKey, StormId
from bot.model.mention import Author
from bot.model.person import Workspace
from storage.authors import AUTHOR_COLUMNS, author_of, handle_index
from storage.cards import is_blanked
from storage.folding import folded
from storage.tables import authors, cases, mentions, notes
from storage.tables.types import Words
from storage.vault import Vault

RANKS = {Urgency.HIGH: 0, Urgency.NORMAL: 1, Urgency.LOW: 2}
URGENCIES = {rank: urgency for urgency, rank in RANKS.items()}
MOST_WORDS = 8
LONGEST_WORD = 100
UNMERGED = cases.c.state != CaseState.MERGED.value
"""What goes on in another case is listed and counted there alone."""
joined, other = cases.alias("joined"), authors.alias("other")

CASES: Select[Any] = select(
    cases.c.id,
    cases.c.uid,
    cases.c.enterprise_id,
    cases.c.team_id,
    cases.c.state,
    cases.c.source,
    cases.c.summary,
    cases.c.route,
    cases.c.channel_id,
    cases.c.urgency,
    cases.c.urgency_reason,
    cases.c.conversation_id,
    cases.c.permalink_sealed,
    cases.c.holder,
    cases.c.holder_name_sealed,
    cases.c.revision,
    cases.c.opened_at,
    cases.c.claimed_at,
    cases.c.resolved_at,
    cases.c.due_at,
    cases.c.storm_id,
    cases.c.handed_back,
    cases.c.merged_into,
    is_blanked(cases.c.id).label("is_blanked"),
    *AUTHOR_COLUMNS,
).join_from(cases, authors, cases.c.author_id == authors.c.id)


def case_of(row: Row[Any], vault: Vault) -> Case:
    return Case(
        id=CaseId(row.id),
        workspace=Workspace(team_id=row.team_id, enterprise_id=row.enterprise_id),
        state=CaseState(row.state),
        source=Source(row.source),
        author=_author(row, vault),
        summary=row.summary,
        route=row.route,
        channel_id=ChannelId(row.channel_id),
        urgency=URGENCIES[row.urgency],
        urgency_reason=row.urgency_reason,
        conversation_id=row.conversation_id,
        permalink=vault.open(row.permalink_sealed, place=f"cases.permalink/{row.uid}"),
        holder=None if row.holder is None else PersonKey(row.holder),
        holder_name=_holder_name(row, vault),
        revision=row.revision,
        opened_at=row.opened_at,
        claimed_at=row.claimed_at,
        resolved_at=row.resolved_at,
        due_at=row.due_at,
        storm_id=None if row.storm_id is None else StormId(row.storm_id),
        handed_back=row.handed_back,
        is_blanked=bool(row.is_blanked),
        merged_into=None if row.merged_into is None else CaseId(row.merged_into),
    )


def _author(row: Row[Any], vault: Vault) -> Author:
    return author_of(
        vault,
        network=row.network,
        ref=row.ref,
        handle_sealed=row.handle_sealed,
        name_sealed=row.name_sealed,
    )


def new_row(case: NewCase, vault: Vault, *, uid: str) -> dict[str, object]:
    """All that the case itself says; author, hour and state are added where it is opened."""
    return {
        "uid": uid,
        "enterprise_id": case.workspace.enterprise_id,
        "team_id": case.workspace.team_id,
        "source": case.source.value,
        "summary": case.summary.masked,
        "summary_folded": folded(case.summary.masked),
        "summary_sealed": vault.seal(case.summary.kept, place=f"cases.summary/{uid}"),
        "route": case.route,
        "channel_id": case.channel_id,
        "urgency": RANKS[case.urgency],
        "urgency_reason": case.urgency_reason,
        "conversation_id": case.conversation_id,
        "permalink_sealed": vault.seal(case.permalink, place=f"cases.permalink/{uid}"),
        "storm_id": case.storm_id,
    }


def sealed_name(name: str, vault: Vault, *, holder: PersonKey) -> bytes:
    """Bound to the person, not the case: a claim is one statement and reads no case first."""
    return vault.seal(name, place=f"cases.holder_name/{holder}")


def _holder_name(row: Row[Any], vault: Vault) -> str:
    if row.holder_name_sealed is None:
        return ""
    return vault.open(row.holder_name_sealed, place=f"cases.holder_name/{row.holder}")


def word_conditions(words: str, vault: Vault) -> list[ColumnElement[bool]]:
    """One condition a word, all to be met: it was said or noted in the case, or is the handle."""
    return [
        _condition(number, word, vault) for number, word in enumerate(words.split()[:MOST_WORDS])
    ]


def _condition(number: int, word: str, vault: Vault) -> ColumnElement[bool]:
    # Named parameters, so that one number of words is one compiled statement.
    index: BindParameter[bytes] = bindparam(f"handle_{number}", handle_index(vault, word))
    handle = or_(
        authors.c.handle_index == index,
        _goes_on(joined.c.author_id.in_(select(other.c.id).where(other.c.handle_index == index))),
    )
    if word.startswith("@"):
        return handle
    pattern: BindParameter[str] = bindparam(
        f"word_{number}", like_pattern(folded(word)), type_=Words
    )
    return or_(
        cases.c.summary_folded.like(pattern, escape="\\"),
        _goes_on(joined.c.summary_folded.like(pattern, escape="\\")),
        handle,
        cases.c.id.in_(_cases_with(mentions, pattern)),
        cases.c.id.in_(_cases_with(notes, pattern)),
    )


def _goes_on(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A case that goes on in this one meets it."""
    merged = select(joined.c.merged_into).where(joined.c.merged_into.is_not(None), condition)
    return cases.c.id.in_(merged)


def _cases_with(table: Table, pattern: BindParameter[str]) -> Select[Any]:
    return select(table.c.case_id).where(table.c.words_folded.like(pattern, escape="\\"))


def like_pattern(needle: str) -> str:
    """`needle` anywhere. SQLite refuses very long patterns: a long word is found by its start."""
    short = needle[:LONGEST_WORD]
    escaped = short.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
