"""What every kind of transaction reaches: queues, cards, visits; no case of anybody."""

from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from storage.absences import Absences
from storage.cards import Cards
from storage.channels import Channels
from storage.cursors import Cursors
from storage.deliveries import Deliveries
from storage.homes import Homes
from storage.inbox import Inbox
from storage.noun import Scope
from storage.outgoing import OutgoingMessages
from storage.visits import Visits


class Transaction:
    """What every kind of transaction has. Nouns are made when they are first asked for."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @property
    def conn(self) -> Connection:
        return self._scope.conn

    @property
    def now(self) -> datetime:
        """The clock's hour when the transaction began; the same for all it writes."""
        return self._scope.now

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self._scope)

    @cached_property
    def outgoing(self) -> OutgoingMessages:
        return OutgoingMessages(self._scope)

    @cached_property
    def cards(self) -> Cards:
        return Cards(self._scope)

    @cached_property
    def visits(self) -> Visits:
        return Visits(self._scope)

    @cached_property
    def cursors(self) -> Cursors:
        return Cursors(self._scope)

    @cached_property
    def homes(self) -> Homes:
        return Homes(self._scope)

    @cached_property
    def absences(self) -> Absences:
        return Absences(self._scope)

    @cached_property
    def channels(self) -> Channels:
        return Channels(self._scope)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self._scope)
