"""What becomes of a find, by what harm it does and where the text is going: one table for all.

Every place that words can reach is one of these sinks. File names, metrics and error texts are LOG:
they are read by machines' keepers, who need none of it.
"""

from collections.abc import Mapping
from enum import Enum, StrEnum

from bot.compliance.kinds import Harm


class Sink(StrEnum):
    CHANNEL = "channel"
    """Cards, digests: whoever is in the channel, for as long as Slack keeps it."""
    PERSON = "person"
    """One colleague whom the table of decisions let see this case."""
    REVEAL = "reveal"
    """One colleague to whom the table opened this case's data, on record and for a time."""
    DESK = "desk"
    """The service desk, the organisation's own processor: app.yaml may open kinds to it."""
    NETWORK = "network"
    """A reply: everybody, for ever."""
    LOG = "log"
    STORE = "store"


class Treatment(Enum):
    SHOW = "show"
    MASK = "mask"
    SEAL = "seal"
    """Kept encrypted beside the masked form."""
    BLOCK = "block"
    """Nothing goes, and the person is told why."""
    DESTROY = "destroy"
    """Kept nowhere; typed by a colleague, it is refused at the door."""


_S = Sink
_T = Treatment
TABLE: Mapping[Harm, Mapping[Sink, Treatment]] = {
    Harm.GRAVE: {
        _S.CHANNEL: _T.MASK,
        _S.PERSON: _T.MASK,
        _S.REVEAL: _T.MASK,
        _S.DESK: _T.MASK,
        _S.NETWORK: _T.BLOCK,
        _S.LOG: _T.MASK,
        _S.STORE: _T.DESTROY,
    },
    Harm.PERSONAL: {
        _S.CHANNEL: _T.MASK,
        _S.PERSON: _T.MASK,
        _S.REVEAL: _T.SHOW,
        _S.DESK: _T.MASK,
        _S.NETWORK: _T.BLOCK,
        _S.LOG: _T.MASK,
        _S.STORE: _T.SEAL,
    },
    Harm.NUMBER: {
        _S.CHANNEL: _T.MASK,
        _S.PERSON: _T.SHOW,
        _S.REVEAL: _T.SHOW,
        _S.DESK: _T.MASK,
        _S.NETWORK: _T.BLOCK,
        _S.LOG: _T.MASK,
        _S.STORE: _T.SEAL,
    },
}
