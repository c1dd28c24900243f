"""Authors, for cases and mentions only: kept once a person and network, renamed where they are."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, literal_column, select

from bot.model.guarded import Guarded
from bot.model.mention import Author
from storage.bulk import Bulk
from storage.noun import Noun, upsert, with_any
from storage.tables import authors
from storage.tables.types import storable
from storage.vault import Vault

KEEP = Bulk(
    authors,
    upsert(
        authors,
        on=("network", "ref"),
        setting=lambda new: {
            "handle_index": new.handle_index,
            "handle_sealed": new.handle_sealed,
            "name_sealed": new.name_sealed,
            "seen_at": new.seen_at,
        },
        # Of whom only the handle is known nobody was renamed: it is typed another way.
        where=lambda new: ~new.ref.startswith(literal_column("'@'")),
    ),
)

NUMBERS = with_any(
    lambda any_of: select(authors.c.ref, authors.c.id).where(
        authors.c.network == bindparam("network"), any_of(authors.c.ref, "refs")
    )
)
AUTHOR_COLUMNS = (
    authors.c.network,
    authors.c.ref,
    authors.c.handle_sealed,
    authors.c.name_sealed,
)


class Authors(Noun):
    __slots__ = ()

    def keep(self, people: Sequence[tuple[Author, Guarded]]) -> list[int]:
        """The ids in the order asked. A person met twice in one transaction is written once."""
        keys = [(storable(author.network), self._ref(author)) for author, _ in people]
        known = self.scope.authors
        new = {
            key: self._row(key, author, name)
            for key, (author, name) in zip(keys, people, strict=True)
            if key not in known
        }
        if new:
            # The same order everywhere, so that two transactions never wait for one another.
            self.change_many(KEEP, [new[key] for key in sorted(new)])
            self._learn(new)
        return [known[key] for key in keys]

    def _learn(self, keys: Iterable[tuple[str, str]]) -> None:
        refs = defaultdict[str, list[str]](list)
        for network, ref in keys:
            refs[network].append(ref)
        for network, wanted in refs.items():
            asked = {"network": network, "refs": wanted}
            for ref, number in self.conn.execute(self.for_engine(NUMBERS), asked).all():
                self.scope.authors[network, ref] = number

    def _ref(self, author: Author) -> str:
        return storable(author.user_id) or handle_alone(self.vault, author.handle)

    def _row(self, key: tuple[str, str], author: Author, name: Guarded) -> dict[str, Any]:
        network, ref = key
        seal, whose = self.vault.seal, f"{network}/{ref}"
        return {
            "network": network,
            "ref": ref,
            "handle_index": handle_index(self.vault, author.handle),
            "handle_sealed": seal(author.handle, place=f"authors.handle/{whose}"),
            "name_sealed": seal(name.masked, place=f"authors.name/{whose}"),
            "seen_at": self.now,
        }


def author_of(
    vault: Vault, *, network: str, ref: str, handle_sealed: bytes, name_sealed: bytes
) -> Author:
    whose = f"{network}/{ref}"
    return Author(
        network=network,
        user_id=user_id_of(ref),
        handle=vault.open(handle_sealed, place=f"authors.handle/{whose}"),
        name=vault.open(name_sealed, place=f"authors.name/{whose}"),
    )


def handle_alone(vault: Vault, handle: str) -> str:
    return f"@{handle_index(vault, handle).hex()}"


def user_id_of(ref: str) -> str:
    """Empty for somebody of whom only the handle is known."""
    return "" if ref.startswith("@") else ref


def handle_index(vault: Vault, handle: str) -> bytes:
    return vault.blind(normal_handle(handle), purpose="handle")


def normal_handle(handle: str) -> str:
    return unicodedata.normalize("NFKC", handle).strip().lstrip("@").casefold()
