"""Public posts in the record, each once a network; and the items nobody could read."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, func, select

from bot.model.ids import CaseId, MentionId
from bot.model.mention import Mention, NewMention, SetAside
from storage.authors import AUTHOR_COLUMNS, Authors, author_of
from storage.bulk import Bulk
from storage.folding import folded
from storage.noun import Noun, plainly, upsert, with_any
from storage.tables import authors, mentions, set_aside
from storage.tables.types import storable
from storage.vault import Vault

MENTIONS: Select[Any] = select(
    mentions.c.id,
    mentions.c.case_id,
    mentions.c.external_id,
    mentions.c.words,
    mentions.c.created_at,
    mentions.c.permalink_sealed,
    mentions.c.summoned,
    *AUTHOR_COLUMNS,
).join_from(mentions, authors, mentions.c.author_id == authors.c.id)
OF_CASE = (
    MENTIONS.where(mentions.c.case_id == bindparam("case"))
    .order_by(mentions.c.created_at.desc(), mentions.c.id.desc())
    .limit(bindparam("most"))
)
RECENT = OF_CASE.subquery("recent")
OLDEST_FIRST = (RECENT.c.created_at, RECENT.c.id)
MOST_SHOWN = 20
_FROM_NEWEST = (
    select(
        mentions.c.case_id,
        mentions.c.words,
        mentions.c.created_at,
        func.row_number()
        .over(
            partition_by=mentions.c.case_id,
            order_by=(mentions.c.created_at.desc(), mentions.c.id.desc()),
        )
        .label("place"),
        func.count().over(partition_by=mentions.c.case_id).label("posts"),
    )
    .where(mentions.c.case_id.in_(bindparam("cases", expanding=True)))
    .subquery()
)
WRITTEN_AGAIN = select(_FROM_NEWEST).where(_FROM_NEWEST.c.place == 1, _FROM_NEWEST.c.posts > 1)
KNOWN = with_any(
    lambda any_of: select(mentions.c.external_id).where(
        mentions.c.network == bindparam("network"), any_of(mentions.c.external_id, "ids")
    )
)
INSERT = Bulk(mentions, plainly(mentions))
INSERT_ASIDE = upsert(set_aside, on=("network", "digest"))
COUNT_ASIDE = select(func.count()).select_from(set_aside)


class Mentions(Noun):
    __slots__ = ()

    def known(self, network: str, external_ids: Iterable[str]) -> set[str]:
        wanted = {storable(external_id): external_id for external_id in external_ids}
        if not wanted:
            return set()
        asked = {"network": network, "ids": sorted(wanted)}
        return {wanted[found] for found in self.conn.scalars(self.for_engine(KNOWN), asked)}

    def add_many(self, new: Sequence[NewMention]) -> None:
        if not new:
            return
        author_ids = Authors(self.scope).keep([(one.author, one.name) for one in new])
        rows = [self._row(one, number) for one, number in zip(new, author_ids, strict=True)]
        self.change_many(INSERT, rows)

    def of_case(self, case_id: CaseId, limit: int = MOST_SHOWN) -> list[Mention]:
        """The newest `limit`, oldest of them first."""
        rows = self.conn.execute(OF_CASE, {"case": case_id, "most": limit}).all()
        return [mention_of(row, self.vault) for row in reversed(rows)]

    def written_again(self, case_ids: Iterable[CaseId]) -> dict[CaseId, tuple[str, datetime]]:
        """The newest words, and when, of those cases of these in which there are earlier ones."""
        rows = self.conn.execute(WRITTEN_AGAIN, {"cases": list(case_ids)})
        return {CaseId(row.case_id): (row.words, row.created_at) for row in rows}

    def set_aside(self, items: Sequence[SetAside]) -> int:
        """How many of them were not here yet: an overlapping fetch brings the same ones again."""
        return sum(self.change(INSERT_ASIDE, self._aside(item)).rowcount for item in items)

    def set_aside_count(self) -> int:
        return self.conn.execute(COUNT_ASIDE).scalar_one()

    def _aside(self, item: SetAside) -> dict[str, object]:
        return {
            "network": item.network,
            "external_id": item.external_id,
            "digest": self.vault.blind(item.raw.hex(), purpose="set_aside"),
            "raw_sealed": self.vault.seal_bytes(item.raw, place="set_aside.raw"),
            "reason": item.reason,
            "at": self.now,
        }

    def _row(self, new: NewMention, author_id: int) -> dict[str, object]:
        which = f"{new.author.network}/{new.external_id}"
        return {
            "case_id": new.case_id,
            "author_id": author_id,
            "network": new.author.network,
            "external_id": new.external_id,
            "words": new.words.masked,
            "words_folded": folded(new.words.masked),
            "words_sealed": self.vault.seal(new.words.kept, place=f"mentions.words/{which}"),
            "created_at": new.created_at,
            "received_at": self.now,
            "permalink_sealed": self.vault.seal(new.permalink, place=_permalink_place(which)),
            "parent_id": new.parent_id,
            "conversation_id": new.conversation_id,
            "language": new.language,
            "summoned": new.summoned,
        }


class Recent(NamedTuple):
    """The columns of `RECENT` in their order, where they stand behind those of a case."""

    id: int
    case_id: int
    external_id: str
    words: str
    created_at: datetime
    permalink_sealed: bytes
    summoned: bool
    network: str
    ref: str
    handle_sealed: bytes
    name_sealed: bytes


def mention_of(row: Row[Any] | Recent, vault: Vault) -> Mention:
    which = f"{row.network}/{row.external_id}"
    return Mention(
        id=MentionId(row.id),
        case_id=CaseId(row.case_id),
        network=row.network,
        external_id=row.external_id,
        author=author_of(
            vault,
            network=row.network,
            ref=row.ref,
            handle_sealed=row.handle_sealed,
            name_sealed=row.name_sealed,
        ),
        words=row.words,
        created_at=row.created_at,
        permalink=vault.open(row.permalink_sealed, place=_permalink_place(which)),
        summoned=row.summoned,
    )


def _permalink_place(which: str) -> str:
    return f"mentions.permalink/{which}"
