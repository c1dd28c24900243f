"""Controls: the guard reads every text about a person, the table answers who may do what."""

from bot.compliance.decisions import Decision, Policy, Reason
from bot.compliance.display import worded
from bot.compliance.guard import Guard, Span
from bot.compliance.obligations import Obligation, ObligationKind
from bot.compliance.policy_file import PolicyText, policy_text, profile_names, profile_text
from bot.compliance.questions import (
    Action,
    CaseFacts,
    NoCase,
    NoReply,
    NoRequest,
    Question,
    ReplyFacts,
    RequestFacts,
)
from bot.compliance.sinks import Sink

__all__ = [
    "Action",
    "CaseFacts",
    "Decision",
    "Guard",
    "NoCase",
    "NoReply",
    "NoRequest",
    "Obligation",
    "ObligationKind",
    "Policy",
    "PolicyText",
    "Question",
    "Reason",
    "ReplyFacts",
    "RequestFacts",
    "Sink",
    "Span",
    "policy_text",
    "profile_names",
    "profile_text",
    "worded",
]
