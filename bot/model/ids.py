"""Ids that must not be mixed up, so that mypy notices when they are."""

from typing import NewType

CaseId = NewType("CaseId", int)
MentionId = NewType("MentionId", int)
StormId = NewType("StormId", int)
HandoffId = NewType("HandoffId", int)
ApprovalId = NewType("ApprovalId", int)
HoldId = NewType("HoldId", int)
KeptId = NewType("KeptId", int)
DecisionId = NewType("DecisionId", int)
"""The number behind `D-123`: the audit event in which the decision stands."""

PersonKey = NewType("PersonKey", str)
"""`<enterprise or team>:<user>`; users are unique in an enterprise, otherwise only in a team."""

ChannelId = NewType("ChannelId", str)
MessageTs = NewType("MessageTs", str)
VisitKey = NewType("VisitKey", str)
"""What makes one press or command the same press or command when it is delivered again."""
