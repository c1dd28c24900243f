"""Controls: the guard reads every text about a person, the table answers who may do what."""

from bot.compliance.decisions import Decision, Policy, Reason
from bot.compliance.display import worded
from bot.compliance.guard import Guard, Span
from bot.compliance.policy_file import profile_names
from bot.compliance.questions import Action, CaseFacts, NoCase, Question
from bot.compliance.rules import Obligation

__all__ = [
    "Action",
    "CaseFacts",
    "Decision",
    "Guard",
    "NoCase",
    "Obligation",
    "Policy",
    "Question",
    "Reason",
    "Span",
    "profile_names",
    "worded",
]
