"""Links from a handle to a customer. Who the customer is leaves the vault for a look-up only."""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select

from bot.model.customer import Basis, HandleLink
from storage.noun import Noun, upsert
from storage.tables import links

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
COUNT = select(func.count()).select_from(links)


class Links(Noun):
    __slots__ = ()

    def put_many(self, new: Sequence[HandleLink]) -> int:
        """How many stand now of those given; the last one wins where a person comes twice."""
        rows = {(link.network, link.network_user_id): self._row(link) for link in new}
        if rows:
            self.change(PUT, [rows[key] for key in sorted(rows)])
        return len(rows)

    def find(self, network: str, network_user_id: str) -> HandleLink | None:
        values = {"where": network, "who": network_user_id}
        row = self.conn.execute(FIND, values).one_or_none()
        if row is None:
            return None
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
