"""One case as a whole, in one statement."""

from sqlalchemy import exists, select

from storage.case_changes import THIS
from storage.case_rows import CASES, joined
from storage.mentions import OLDEST_FIRST, RECENT
from storage.prepared import Prepared
from storage.tables import cards, cases, handoffs, notes, replies

# Most cases have none of them: one look tells, and three queries are saved. A row for each mention.
VIEW = Prepared(
    CASES.where(THIS)
    .outerjoin(RECENT, RECENT.c.case_id == cases.c.id)
    .order_by(*OLDEST_FIRST)
    .add_columns(
        exists().where(notes.c.case_id == cases.c.id).label("is_noted"),
        exists().where(handoffs.c.case_id == cases.c.id).label("is_handed_off"),
        exists().where(replies.c.case_id == cases.c.id).label("is_answered"),
        exists().where(joined.c.merged_into == cases.c.id).label("is_joined"),
        select(cards.c.blanked_by)
        .where(cards.c.case_id == cases.c.id)
        .scalar_subquery()
        .label("blanked_by"),
        *RECENT.c,
    )
)
