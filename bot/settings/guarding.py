"""The section `guard` of app.yaml: what only the organisation knows about numbers."""

from pathlib import Path
from typing import Annotated, Literal

import re2
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.errors import Misconfigured
from bot.settings.page import Page, read_page
from bot.settings.words import sentences

LONGEST_PATTERN = 200
MOST_NUMBERS = 50
_MEMORY = 8 << 20
NAME = r"^[a-z][a-z0-9]*(?:[ _-][a-z0-9]+)*$"


def _readable(pattern: str) -> str:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        found = re2.compile(pattern, options).search("")
    except re2.error as wrong:
        reason = wrong.args[0]
        said = reason.decode() if isinstance(reason, bytes) else str(reason)
        raise ValueError(f"a pattern that RE2 reads ({said})") from wrong
    if found is not None:
        raise ValueError("a pattern that takes at least one character")
    return pattern


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class NumberChoice(Strict):
    name: Annotated[
        str, Field(pattern=NAME, max_length=30, description="a short name in small letters")
    ]
    pattern: Annotated[
        str, Field(min_length=1, max_length=LONGEST_PATTERN), AfterValidator(_readable)
    ]
    action: Literal["mask", "destroy"] = "mask"


class GuardChoice(Strict):
    regions: Annotated[tuple[str, ...], Field(min_length=1, max_length=10)] = ("US", "GB", "DE")
    numbers: Annotated[tuple[NumberChoice, ...], Field(max_length=MOST_NUMBERS)] = ()
    ours: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    desk: tuple[str, ...] = ()


def load_guard(path: Path) -> tuple[GuardChoice, Page]:
    """That section alone: the guard by itself needs nothing else of app.yaml to be right."""
    page = read_page(path)
    written = page.values.get("guard")
    try:
        return GuardChoice.model_validate({} if written is None else written), page
    except ValidationError as error:
        raise Misconfigured(tuple(sentences(page, error, GuardChoice, ("guard",)))) from error
