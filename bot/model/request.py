"""What one person asks another to say yes to."""

from enum import StrEnum


class RequestKind(StrEnum):
    REPLY = "reply"
    POLICY = "policy"
    HOLD = "hold"
    MERGE = "merge"
    EXPORT = "export"
