"""An unexpected error gets a reference: the person reads it, the log knows the rest.

The log names the error's type and places in our code, never its message, which may quote a person.
"""

import secrets
import traceback

import structlog

_log = structlog.get_logger(__name__)
_DEEPEST = 12


def note_mishap(error: BaseException, *, what: str) -> str:
    """Logs it and returns the reference. `what` is a name from our own lists, never typed text."""
    reference = secrets.token_hex(4).upper()
    frames = reversed(traceback.extract_tb(error.__traceback__)[-_DEEPEST:])
    _log.error(
        "mishap",
        reference=reference,
        what=what,
        error=type(error).__name__,
        cause=type(error.__cause__).__name__ if error.__cause__ else "",
        places=" < ".join(f"{each.filename.rpartition('/')[2]}:{each.lineno}" for each in frames),
    )
    return reference


def mishap_sentence(reference: str) -> str:
    return (
        "That went wrong on my side, and nothing half-done is kept. Please try again; if it "
        f"happens again, tell your coordinator this reference: {reference}."
    )
