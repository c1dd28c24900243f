"""What moves with a case that goes on in another one: row by row, so that it finds the way back."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    literal,
    select,
    true,
    update,
)

from bot.model.ids import CaseId
from bot.model.reply import ReplyState
from storage.noun import Noun
from storage.tables import cases, handoffs, mentions, merged_rows, notes, replies
from storage.tables.types import Number, Words

# What colleagues wrote is sealed to its case, so it is sealed anew where it goes.
SEALED: dict[Table, dict[str, str]] = {
    mentions: {},
    handoffs: {},
    notes: {"words_sealed": "notes.words", "by_name_sealed": "notes.by_name"},
    replies: {"text_sealed": "replies.text", "author_name_sealed": "replies.name"},
}
# What was only shown to its author is bound to the case it was written in.
WRITTEN = {replies: replies.c.state != ReplyState.DRAFT.value}
FROM: BindParameter[int] = bindparam("from", type_=Number)
TO: BindParameter[int] = bindparam("to", type_=Number)
MERGE: BindParameter[int] = bindparam("merge", type_=Number)


def _is_of(table: Table) -> ColumnElement[bool]:
    """A row that came along with this merge."""
    return table.c.id.in_(
        select(merged_rows.c.row_id).where(
            merged_rows.c.merge_id == MERGE, merged_rows.c.noun == table.name
        )
    )


def _place(table: Table) -> Any:
    return table.c.merged_into if table is cases else table.c.case_id


def _noted(table: Table) -> Any:
    comes = and_(_place(table) == FROM, WRITTEN.get(table, true()))
    rows = select(MERGE, literal(table.name, Words), table.c.id).where(comes)
    return insert(merged_rows).from_select(["merge_id", "noun", "row_id"], rows)


def _moved(table: Table, *more: ColumnElement[bool]) -> Any:
    where = and_(_place(table) == FROM, *more)
    return update(table).where(where).values({_place(table).name: TO})


def _forgotten(table: Table) -> Any:
    """By later merges, which took along what is of the case again."""
    back = select(table.c.id).where(_place(table) == TO)
    return delete(merged_rows).where(
        merged_rows.c.merge_id > MERGE,
        merged_rows.c.noun == table.name,
        merged_rows.c.row_id.in_(back),
    )


def _sealed(table: Table) -> Select[Any]:
    columns = [table.c[name] for name in SEALED[table]]
    return select(table.c.id, *columns).where(_place(table) == TO, _is_of(table))


# Posts of its threads that came while it went on in the other one.
_first = mentions.alias("first_words")
SINCE = exists().where(
    _first.c.case_id == TO,
    _first.c.conversation_id == mentions.c.conversation_id,
    _first.c.author_id == mentions.c.author_id,
    _first.c.conversation_id != "",
)


class MergedRows(Noun):
    __slots__ = ()

    def go(self, merge: int, *, of: CaseId, to: CaseId) -> None:
        """All of one case, and the cases that went on in it, to the other."""
        for table in (*SEALED, cases):
            self.change(_noted(table), {"merge": merge, "from": of})
            self._move(table, {"merge": merge, "from": of, "to": to})

    def come_back(self, merge: int, *, of: CaseId, to: CaseId, since: datetime) -> None:
        """The same rows; and of its threads what was said since."""
        for table in (*SEALED, cases):
            self._move(table, {"merge": merge, "from": of, "to": to})
        later = _moved(mentions, mentions.c.received_at >= bindparam("since"), SINCE)
        self.change(later, {"from": of, "to": to, "since": since})
        for table in (*SEALED, cases):
            self.change(_forgotten(table), {"merge": merge, "to": to})

    def _move(self, table: Table, values: dict[str, Any]) -> None:
        self.change(_moved(table, _is_of(table)), values)
        if SEALED.get(table):
            self._seal_anew(table, values)

    def _seal_anew(self, table: Table, values: dict[str, Any]) -> None:
        places = SEALED[table]
        rows = self.conn.execute(
            _sealed(table), {"merge": values["merge"], "to": values["to"]}
        ).all()
        anew = [
            {"row": row.id}
            | {
                f"new_{name}": self.vault.seal(
                    self.vault.open(getattr(row, name), place=f"{place}/{values['from']}"),
                    place=f"{place}/{values['to']}",
                )
                for name, place in places.items()
            }
            for row in rows
        ]
        if anew:
            set_to: dict[str, BindParameter[bytes]] = {
                name: bindparam(f"new_{name}") for name in places
            }
            self.change(update(table).where(table.c.id == bindparam("row")).values(set_to), anew)
