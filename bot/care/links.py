"""Bringing links of handles and customers into the ledger; no row enters without a basis."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.compliance import Guard
from bot.directories.base import Directory
from bot.model.audit import AuditEntry
from bot.model.customer import BadRow, Basis, HandleLink, LinkRow
from bot.model.person import CLOCKWORK
from storage.database import Database
from storage.unit_of_work import UnitOfWork

CHUNK = 1000
ANYWHERE = timedelta(days=1)
"""A time without a zone was written somewhere on earth."""


@dataclass(frozen=True, slots=True)
class Imported:
    """`refused` names each row that stays outside, by line, with the reason."""

    kept: int
    refused: tuple[str, ...]


async def import_links(
    db: Database, directories: Iterable[Directory], *, networks: Collection[str], guard: Guard
) -> Imported:
    """Read every directory's links and make the ledger say the same.

    The import is the whole truth of the ledger for now: a link that no directory brings any more,
    or brings without a basis, ends here. A customer who took their consent back is gone with it.
    """
    latest = await db.read(lambda unit: unit.now) + ANYWHERE
    standing: dict[tuple[str, str], HandleLink] = {}
    refused: list[str] = []
    for directory in directories:
        for row in directory.links():
            link = row.reason if isinstance(row, BadRow) else as_link(row)
            if isinstance(link, HandleLink):
                link = _odd(link, networks=networks, guard=guard, latest=latest) or link
            if isinstance(link, HandleLink):
                standing[link.network, link.network_user_id] = link
                continue
            refused.append(f"{directory.name}, line {row.line}: {link}")
            if isinstance(row, LinkRow):
                standing.pop((row.network.strip(), row.network_user_id.strip()), None)
    good = list(standing.values())
    await db.write(_end_others(standing))
    for start in range(0, len(good), CHUNK):
        await db.write(_keep(good[start : start + CHUNK]))
    return Imported(len(good), tuple(refused))


def as_link(row: LinkRow) -> HandleLink | str:
    """The link, or why the row may not become one."""
    if wrong := _wrong(row):
        return wrong
    try:
        linked_at = datetime.fromisoformat(row.linked_at.strip())
    except ValueError:
        return "linked_at is not a time such as 2026-02-03T09:00:00Z"
    return HandleLink(
        network=row.network.strip(),
        network_user_id=row.network_user_id.strip(),
        handle=row.handle.strip().removeprefix("@"),
        customer_id=row.customer_id.strip(),
        basis=Basis(row.basis.strip()),
        consent_version=row.consent_version.strip(),
        linked_at=linked_at if linked_at.tzinfo else linked_at.replace(tzinfo=UTC),
        linked_by=row.linked_by.strip(),
    )


def _odd(link: HandleLink, *, networks: Collection[str], guard: Guard, latest: datetime) -> str:
    """Why it can be nobody's here. Nothing of it is repeated, as in `_wrong`."""
    if link.network not in networks:
        return f"its network is none of app.yaml, expected one of {', '.join(networks)}"
    if len(link.handle.split()) != 1 or guard.left_out(link.handle):
        return "its handle is no name on a network, expected one such as jane"
    if link.linked_at > latest:
        return "its linked_at is still to come"
    return ""


def _wrong(row: LinkRow) -> str:
    needed = ("network", "network_user_id", "handle", "customer_id", "basis", "consent_version")
    if missing := [name for name in needed if not getattr(row, name).strip()]:
        return f"{', '.join(missing)} missing"
    if row.basis.strip() not in set(Basis):
        # Not repeated: in a row whose cells slipped it may be anything of a customer.
        return f"its basis is not one of {', '.join(Basis)}"
    return ""


def _end_others(standing: Collection[tuple[str, str]]) -> Callable[[UnitOfWork], None]:
    def work(unit: UnitOfWork) -> None:
        if ended := unit.links.keep_only(standing):
            count = (("count", str(ended)),)
            unit.commit(AuditEntry("link.withdrawn", CLOCKWORK.key, facts=count))

    return work


def _keep(links: list[HandleLink]) -> Callable[[UnitOfWork], None]:
    def work(unit: UnitOfWork) -> None:
        unit.links.put_many(links)
        count = (("count", str(len(links))),)
        unit.commit(AuditEntry("link.imported", CLOCKWORK.key, facts=count))

    return work
