"""One transaction from inside: what may be read, what changed, what must be recorded."""

from collections.abc import Sequence
from functools import cached_property

from bot.errors import UnrecordedChange
from bot.model.audit import AuditEntry
from bot.model.ids import DecisionId
from storage.ambassadors import Ambassadors
from storage.approvals import Approvals
from storage.audit import Audit
from storage.case_lists import CaseLists
from storage.cases import Cases
from storage.complaints import Complaints
from storage.digests import Digests
from storage.exports import Exports
from storage.figures import Figures
from storage.finding import Finding
from storage.guidebooks import Guidebooks
from storage.handoffs import Handoffs
from storage.holds import Holds
from storage.kept_answers import KeptAnswers
from storage.leases import Leases
from storage.leftovers import Leftovers
from storage.links import Links
from storage.mentions import Mentions
from storage.merging import Merging
from storage.notes import Notes
from storage.people import People
from storage.policies import Policies
from storage.preferences import Preferences
from storage.replies import Replies
from storage.reveals import Reveals
from storage.roles import Roles
from storage.storms import Storms
from storage.transaction import Transaction
from storage.trust import Trust
from storage.turns import Turns


class Technical(Transaction):
    """Bookkeeping of the machine: asks for no audit line, so no case is within its reach."""

    @cached_property
    def leases(self) -> Leases:
        return Leases(self._scope)

    @cached_property
    def leftovers(self) -> Leftovers:
        return Leftovers(self._scope)

    @cached_property
    def turns(self) -> Turns:
        return Turns(self._scope)


class Records(Transaction):
    """All nouns. A `read` hands out exactly this; there the engine refuses every change."""

    @cached_property
    def cases(self) -> Cases:
        return Cases(self._scope)

    @cached_property
    def lists(self) -> CaseLists:
        return CaseLists(self._scope)

    @cached_property
    def merging(self) -> Merging:
        return Merging(self._scope)

    @cached_property
    def finding(self) -> Finding:
        return Finding(self._scope)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self._scope)

    @cached_property
    def preferences(self) -> Preferences:
        return Preferences(self._scope)

    @cached_property
    def mentions(self) -> Mentions:
        return Mentions(self._scope)

    @cached_property
    def notes(self) -> Notes:
        return Notes(self._scope)

    @cached_property
    def handoffs(self) -> Handoffs:
        return Handoffs(self._scope)

    @cached_property
    def links(self) -> Links:
        return Links(self._scope)

    @cached_property
    def ambassadors(self) -> Ambassadors:
        return Ambassadors(self._scope)

    @cached_property
    def guidebooks(self) -> Guidebooks:
        return Guidebooks(self._scope)

    @cached_property
    def trust(self) -> Trust:
        return Trust(self._scope)

    @cached_property
    def policies(self) -> Policies:
        return Policies(self._scope)

    @cached_property
    def roles(self) -> Roles:
        return Roles(self._scope)

    @cached_property
    def approvals(self) -> Approvals:
        return Approvals(self._scope)

    @cached_property
    def holds(self) -> Holds:
        return Holds(self._scope)

    @cached_property
    def complaints(self) -> Complaints:
        return Complaints(self._scope)

    @cached_property
    def kept_answers(self) -> KeptAnswers:
        return KeptAnswers(self._scope)

    @cached_property
    def people(self) -> People:
        return People(self._scope)

    @cached_property
    def replies(self) -> Replies:
        return Replies(self._scope)

    @cached_property
    def exports(self) -> Exports:
        return Exports(self._scope)

    @cached_property
    def reveals(self) -> Reveals:
        return Reveals(self._scope)

    @cached_property
    def storms(self) -> Storms:
        return Storms(self._scope)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self._scope)

    @cached_property
    def digests(self) -> Digests:
        return Digests(self._scope)


class UnitOfWork(Records):
    """A transaction that changes something, and says so on record."""

    @property
    def wrote(self) -> bool:
        """True as soon as a noun changed a row; visits and audit lines do not count."""
        return self._scope.wrote

    @cached_property
    def said(self) -> list[AuditEntry]:
        """The lines of `commit` so far."""
        return []

    def commit(self, *entries: AuditEntry) -> tuple[DecisionId, ...]:
        """Records the lines; the transaction itself is committed when the work returns."""
        self.said.extend(entries)
        return self.audit.record(entries)

    def commit_many(self, entries: Sequence[AuditEntry]) -> None:
        """As `commit`, in one go, for lines whose numbers nobody asks for."""
        self.audit.record_many(entries)

    def finish(self) -> None:
        """Called by the database after the work: nothing is committed without its line."""
        scope = self._scope
        if (scope.wrote or scope.visited) and scope.lines == 0:
            raise UnrecordedChange("rows were changed and no audit line was recorded")
