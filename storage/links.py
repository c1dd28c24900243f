"""Links from a handle to a customer. Who the customer is leaves the vault for a look-up only."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select

from bot.model.case import CaseState
from bot.model.customer import Basis, HandleLink, HeldHandle
from bot.model.ids import PersonKey
from storage.authors import handle_index, user_id_of
from storage.noun import Noun, upsert
from storage.tables import authors, cases, links
from storage.tables.types import storable

PUT = upsert(
    links,
    on=("network", "network_user_id"),
    setting=lambda new: {
        "handle_sealed": new.handle_sealed,
        "customer_sealed": new.customer_sealed,
        "basis": new.basis,
        "consent_version": new.consent_version,
        "linked_at": new.linked_at,
        "linked_by": new.linked_by,
    },
)
FIND = select(links).where(
    links.c.network == bindparam("where"), links.c.network_user_id == bindparam("who")
)
# Every case of the visitor's about the handle, with the link of whoever bears it, if there is one.
HELD = (
    select(authors.c.ref, links)
    .select_from(
        cases.join(authors, cases.c.author_id == authors.c.id).outerjoin(
            links,
            (links.c.network == authors.c.network) & (links.c.network_user_id == authors.c.ref),
        )
    )
    .where(
        cases.c.state == CaseState.OPEN.value,
        cases.c.holder == bindparam("by"),
        authors.c.network == bindparam("where"),
        authors.c.handle_index == bindparam("whose"),
    )
    .order_by(cases.c.id.desc())
    .limit(1)
)
KEYS = select(links.c.network, links.c.network_user_id)
END = delete(links).where(
    links.c.network == bindparam("where"), links.c.network_user_id == bindparam("who")
)
COUNT = select(func.count()).select_from(links)


class Links(Noun):
    __slots__ = ()

    def put_many(self, new: Sequence[HandleLink]) -> int:
        """How many stand now of those given; the last one wins where a person comes twice."""
        rows = {(link.network, link.network_user_id): self._row(link) for link in new}
        if rows:
            self.change(PUT, [rows[key] for key in sorted(rows)])
        return len(rows)

    def keep_only(self, standing: Collection[tuple[str, str]]) -> int:
        """How many links ended: all but those of these (network, user id at the network)."""
        stay = {(storable(network), storable(user_id)) for network, user_id in standing}
        known = {(row.network, row.network_user_id) for row in self.conn.execute(KEYS)}
        gone = [{"where": network, "who": user_id} for network, user_id in sorted(known - stay)]
        if gone:
            self.change(END, gone)
        return len(gone)

    def find(self, network: str, network_user_id: str) -> HandleLink | None:
        values = {"where": network, "who": network_user_id}
        row = self.conn.execute(FIND, values).one_or_none()
        return None if row is None else self._link(row)

    def held(self, key: PersonKey, network: str, handle: str) -> HeldHandle | None:
        """Whose handle that is and their link, where `key` holds an open case about it."""
        values = {"by": key, "where": network, "whose": handle_index(self.vault, handle)}
        row = self.conn.execute(HELD, values).one_or_none()
        if row is None:
            return None
        return HeldHandle(user_id_of(row.ref), self._link(row) if row.basis else None)

    def count(self) -> int:
        return self.conn.execute(COUNT).scalar_one()

    def _row(self, link: HandleLink) -> dict[str, object]:
        seal, whose = self.vault.seal, f"{link.network}/{link.network_user_id}"
        return {
            "network": link.network,
            "network_user_id": link.network_user_id,
            "handle_sealed": seal(link.handle, place=f"links.handle/{whose}"),
            "customer_sealed": seal(link.customer_id, place=f"links.customer/{whose}"),
            "basis": link.basis.value,
            "consent_version": link.consent_version,
            "linked_at": link.linked_at,
            "linked_by": link.linked_by,
        }

    def _link(self, row: Row[Any]) -> HandleLink:
        whose = f"{row.network}/{row.network_user_id}"
        return HandleLink(
            network=row.network,
            network_user_id=row.network_user_id,
            handle=self.vault.open(row.handle_sealed, place=f"links.handle/{whose}"),
            customer_id=self.vault.open(row.customer_sealed, place=f"links.customer/{whose}"),
            basis=Basis(row.basis),
            consent_version=row.consent_version,
            linked_at=row.linked_at,
            linked_by=row.linked_by,
        )
