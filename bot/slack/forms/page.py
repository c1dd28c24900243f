"""What a form is filled with before it is shown."""

from dataclasses import dataclass

from bot.model.complaint import LINES
from bot.model.ids import VisitKey
from bot.model.visit import Form


@dataclass(frozen=True, slots=True)
class Page:
    form: Form
    slip_id: VisitKey
    """All that travels with the modal and comes back: the visit that asked for it."""
    markdown: str = ""
    kinds: tuple[str, ...] = ()
    questions: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Of the guidebook: the name of the input, what is asked, and the choices."""
    lines: tuple[str, ...] = LINES
    """Lines of business, for the form about complaints."""

    def filled(self, block_id: str) -> str:
        return dict(self.form.filled).get(block_id, "")
