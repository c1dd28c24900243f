"""What Slack told us and is looked at afterwards."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """`kind` is the event's own name, `body` the whole delivery as JSON. `now` is our own hour."""

    kind: str
    body: bytes
    now: datetime
