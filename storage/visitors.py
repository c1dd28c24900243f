"""What nearly every visit asks of the one who comes, in one statement where it were three."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.model.ids import PersonKey
from storage.noun import Scope
from storage.prepared import Prepared
from storage.tables import ambassadors, homes, people
from storage.tables.types import Words

WHO = select(bindparam("who", type_=Words).label("key")).subquery()
VISITOR = Prepared(
    select(
        people.c.name_sealed,
        ambassadors.c.version,
        ambassadors.c.at,
        homes.c.seen_at,
    ).select_from(
        WHO.outerjoin(people, people.c.key == WHO.c.key)
        .outerjoin(ambassadors, ambassadors.c.key == WHO.c.key)
        .outerjoin(homes, homes.c.person == WHO.c.key)
    )
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """None for what was never kept of them."""

    name_sealed: bytes | None
    version: str | None
    """Of the guidebook they accepted last."""
    accepted_at: datetime | None
    home_seen_at: datetime | None


def visitor(scope: Scope, key: PersonKey) -> Visitor:
    """Asked once in a transaction; who changes one of it calls `changed`."""
    found = scope.visitors.get(key)
    if found is None:
        row = VISITOR.row(scope.conn, {"who": key})
        found = scope.visitors[key] = Visitor(*row)
    return found


def changed(scope: Scope, key: PersonKey) -> None:
    scope.visitors.pop(key, None)
