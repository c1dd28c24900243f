"""Settings: app.yaml and the environment, read once at the start and told in one error if wrong."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, PrivateAttr, ValidationError

from bot.errors import Misconfigured
from bot.settings.agreements import disagreements
from bot.settings.environment import Environment
from bot.settings.page import Page, Place, read_page
from bot.settings.sections import Sections
from bot.settings.truths import truths
from bot.settings.words import nearest, sentences

Kind = TypeVar("Kind", bound=BaseModel)
Connectors = Mapping[str, Mapping[str, type[BaseModel]]]
"""{"networks": {"x": XSettings}}: the classes that read the connectors' own sections."""


class Settings(Sections):
    """All of it. `section` and `environment` give the connectors what is theirs."""

    _page: Page = PrivateAttr()
    _environment: Environment = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        self._page, self._environment = context["page"], context["environment"]

    @property
    def environment(self) -> Environment:
        return self._environment

    @property
    def home(self) -> Path:
        """Where relative paths of app.yaml start."""
        return self._page.path.parent

    def complaint(self, place: Place, sentence: str) -> str:
        """What is wrong with a value that only its user can judge, with its file and line."""
        return self._page.complain(place, sentence)

    def unknown_fields(self, known: Collection[str]) -> tuple[str, ...]:
        """Complaints about names of `lookup` that no record has: they would never be shown."""
        named: list[Place] = [("lookup", "fields", name) for name in self.lookup.fields]
        for role, more in self.lookup.more.items():
            named += [("lookup", "more", role, name) for name in more]
        return tuple(
            self.complaint(
                place, f"no field of {self.lookup.directory}; {nearest(str(place[-1]), known)}"
            )
            for place in named
            if place[-1] not in known
        )

    def section(self, kind: type[Kind], family: str, name: str) -> Kind:
        """One connector's settings, read by its own class; relative paths made whole."""
        return _section(self._page, kind, family, name)


def load_settings(
    path: Path, environ: Mapping[str, str], *, connectors: Connectors | None = None
) -> Settings:
    """Raises one `Misconfigured` that names everything wrong in file and environment."""
    page = read_page(path)
    problems, settings = list(page.problems), None
    environment, absent = _environment(environ)
    context = {"home": path.parent, "page": page, "environment": environment}
    if page.values:
        try:
            settings = Settings.model_validate(page.values, context=context)
        except ValidationError as error:
            problems += sentences(page, error, Settings, ())
        problems += (*truths(page, Settings, ()), *disagreements(page))
        problems += _in_connectors(page, connectors or {})
    if problems or absent or settings is None:
        raise Misconfigured((*page.in_order(problems), *absent))
    return settings


def _environment(environ: Mapping[str, str]) -> tuple[Environment | None, tuple[str, ...]]:
    try:
        return Environment.read(environ), ()
    except Misconfigured as error:
        return None, error.problems


def _in_connectors(page: Page, connectors: Connectors) -> list[str]:
    problems: list[str] = []
    for family, kinds in connectors.items():
        written = page.values.get(family)
        for name in written if isinstance(written, dict) else ():
            if name not in kinds:
                hint = nearest(name, kinds)
                problems.append(page.complain((family, name), f"not known here; {hint}"))
                continue
            try:
                _section(page, kinds[name], family, name)
            except Misconfigured as error:
                problems += error.problems
    return problems


def _section(page: Page, kind: type[Kind], family: str, name: str) -> Kind:
    sections = page.values.get(family)
    if not isinstance(sections, dict) or name not in sections:
        raise Misconfigured((page.complain((family, name), "missing; expected it here"),))
    if wrong := tuple(truths(page, kind, (family, name))):
        raise Misconfigured(wrong)
    values = sections[name]
    if isinstance(values, dict) or values is None:
        values = _with_whole_paths(values or {}, kind, page.path.parent)
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise Misconfigured(tuple(sentences(page, error, kind, (family, name)))) from error


def _with_whole_paths(
    values: Mapping[str, Any], kind: type[BaseModel], home: Path
) -> dict[str, Any]:
    paths = {
        field.alias or name
        for name, field in kind.model_fields.items()
        if field.annotation is Path or Path in get_args(field.annotation)
    }
    return {
        key: home / value if key in paths and isinstance(value, str) else value
        for key, value in values.items()
    }
