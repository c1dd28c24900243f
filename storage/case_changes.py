"""What may be changed of a case: one conditional statement each, with nothing read before."""

from sqlalchemy import bindparam, case, func, select, update

from bot.model.case import TAKEN_BACK, CaseState
from storage.case_lists import MINE, OPEN
from storage.prepared import Prepared
from storage.tables import authors, cases

THIS = cases.c.id == bindparam("case")
NEXT = cases.c.revision + 1

IDENTIFY = (
    update(cases)
    .where(
        OPEN,
        cases.c.author_id.in_(
            select(authors.c.id).where(
                authors.c.network == bindparam("where"), authors.c.ref == bindparam("handle_alone")
            )
        ),
    )
    .values(author_id=bindparam("author"), revision=NEXT)
    .returning(cases.c.id)
)
CLAIM = Prepared(
    update(cases)
    .where(THIS, OPEN, cases.c.holder.is_(None))
    .values(
        holder=bindparam("to"),
        holder_name_sealed=bindparam("name"),
        claimed_at=bindparam("at"),
        first_claimed_at=func.coalesce(cases.c.first_claimed_at, bindparam("at")),
        handed_back="",
        revision=NEXT,
    )
)
RELEASE = Prepared(
    update(cases)
    .where(THIS, OPEN, MINE)
    .values(holder=None, holder_name_sealed=None, claimed_at=None, revision=NEXT)
)
# Whoever is away or has left cannot do it themselves: all they hold, and why. What goes on in
# another case as well, lest it comes back to them; in one statement, or it is missed on its way.
HAND_BACK = (
    update(cases)
    .where(cases.c.state.in_((CaseState.OPEN.value, CaseState.MERGED.value)), MINE)
    .values(
        holder=None,
        holder_name_sealed=None,
        claimed_at=None,
        handed_back=bindparam("why"),
        revision=NEXT,
    )
    .returning(cases.c.id, cases.c.state)
)
HAND_TO = Prepared(
    update(cases)
    .where(THIS, OPEN, MINE)
    .values(
        holder=bindparam("to"),
        holder_name_sealed=bindparam("name"),
        claimed_at=bindparam("at"),
        revision=NEXT,
    )
)
RESOLVE = Prepared(
    update(cases)
    .where(THIS, OPEN, MINE)
    .values(state=CaseState.RESOLVED.value, resolved_at=bindparam("at"), revision=NEXT)
)
WITHDRAW = Prepared(
    update(cases)
    .where(THIS, OPEN, cases.c.holder.is_not_distinct_from(bindparam("by")))
    .values(
        state=CaseState.RESOLVED.value,
        resolved_at=bindparam("at"),
        handed_back=TAKEN_BACK,
        revision=NEXT,
    )
)
REOPEN = Prepared(
    update(cases)
    .where(THIS, cases.c.state == CaseState.RESOLVED.value)
    .values(state=CaseState.OPEN.value, resolved_at=None, revision=NEXT)
)
TAKE_BACK = Prepared(
    update(cases)
    .where(THIS, OPEN, cases.c.holder.is_not_distinct_from(bindparam("by")))
    .values(
        holder=bindparam("to"),
        holder_name_sealed=bindparam("name"),
        claimed_at=bindparam("at"),
        # A claim taken back at once was none: the customer went on waiting.
        first_claimed_at=case(
            (cases.c.first_claimed_at == cases.c.claimed_at, bindparam("at")),
            else_=cases.c.first_claimed_at,
        ),
        revision=NEXT,
    )
)
TOUCH = (
    update(cases).where(cases.c.id.in_(bindparam("cases", expanding=True))).values(revision=NEXT)
)
