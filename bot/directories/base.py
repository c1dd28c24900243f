"""The one promise every directory keeps: it is asked by customer id, never searched by name."""

from collections.abc import Iterator
from typing import Protocol

from bot.model.customer import BadRow, CustomerRecord, LinkRow


class Directory(Protocol):
    """Where the company knows its customers. Calls raise `Unavailable` or `Misconfigured`."""

    name: str

    async def find(self, customer_id: str) -> CustomerRecord | None: ...

    def links(self) -> Iterator[LinkRow | BadRow]:
        """Links between handles and customers that this directory brings, for the import."""
        ...

    async def fields(self) -> frozenset[str]:
        """The names its records' fields have, so that a typo in `lookup` is found."""
        ...

    async def check(self) -> None:
        """Raise `Misconfigured` when it cannot be read as it is set up."""
        ...

    async def close(self) -> None: ...
