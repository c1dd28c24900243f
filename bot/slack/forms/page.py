"""What a form is filled with before it is shown, and the one opaque line it brings back."""

from dataclasses import dataclass

from bot.model.ids import CaseId


@dataclass(frozen=True, slots=True)
class Page:
    case_id: CaseId | None = None
    markdown: str = ""
    version_id: str = ""
    """The guidebook's version; a machine word, so the guard leaves it alone."""
    kinds: tuple[str, ...] = ()


def to_metadata(page: Page) -> str:
    """Travels with the modal and comes back; numbers only, since Slack keeps it in clear."""
    return f"{page.version_id}/{page.case_id or ''}"


def from_metadata(text: str) -> Page:
    version, _, number = text.partition("/")
    return Page(version_id=version, case_id=CaseId(int(number)) if number else None)
