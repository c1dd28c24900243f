"""What an approval needs to know of a kind of request: what is read, and what becomes of a yes.

A new kind is a `Handler` beside its own verbs, and one line in the kitchen.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.approval import Approval, ApprovalState, Request
from bot.model.ids import PersonKey
from bot.model.person import Person
from bot.model.request import RequestKind
from storage.unit_of_work import Records, UnitOfWork


@dataclass(frozen=True, slots=True)
class Given:
    """All the yeses there had to be. `by` said the last one, `asker` is who they are now."""

    asker: Person
    by: Person
    approvals: tuple[tuple[str, PersonKey], ...]
    """For `Brought`: the role, and each who said yes and may still say it."""


class Handler(ABC):
    """Of one kind of request. All but `afterwards` do nothing but ask their unit.

    `show` tells what is there now, in clear, and None where it is gone: words of another hash
    than the approval's make that approval void.
    """

    @abstractmethod
    def show(self, unit: Records, approval: Approval) -> Request | None: ...

    @abstractmethod
    def granted(self, unit: UnitOfWork, approval: Approval, given: Given) -> str:
        """Do it, or make it due; a sentence says how it goes on.

        Whoever asked may not any more: a `Refusal`, raised before anything is written, makes the
        approval void, and its sentence is told to them.
        """

    @abstractmethod
    def ended(self, unit: UnitOfWork, approval: Approval, state: ApprovalState) -> None:
        """It was refused, expired or became void; whoever asked is told by us."""

    async def afterwards(self) -> None:
        """Once a yes is committed, for what cannot wait for the next look."""
        return


Handlers = Mapping[RequestKind, Handler]
