"""docs/surfaces.md shows every face and every form there is: a new one is pictured too."""

from bot.slack.faces import FACES
from bot.slack.forms import FORMS
from tests.pictures import NAMES

OTHERWISE = {"reply-seen-before": "reply-preview"}
"""Pictures that go by another name than their form."""
NO_FORMS = {"sure", "revealed", "guidebook-with-questions"}
"""What is asked before a press counts, a page that asks nothing, and a form that is there twice."""


def pictured(kind: str) -> set[str]:
    return {name.removeprefix(kind) for name in NAMES if name.startswith(kind)}


def test_every_face_has_its_picture() -> None:
    assert pictured("face-") == {name.replace(" ", "-") for name in FACES}


def test_every_form_has_its_picture() -> None:
    shown = {OTHERWISE.get(name, name) for name in pictured("form-")}
    assert shown - NO_FORMS == {name.replace("_", "-") for name in FORMS}
