"""What is written for people is held to the code: commands, targets, variables, settings."""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from bot.archives import ARCHIVES
from bot.desks import DESKS
from bot.directories import DIRECTORIES
from bot.networks import NETWORKS
from bot.settings.environment import VARIABLES
from bot.settings.sections import Sections
from handlers import COMMANDS
from tests.house.source import PROJECT, sources

PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *("docs/operators.md", "docs/controls.md", "docs/ambassadors.md", "docs/coordinators.md"),
)
FAMILIES = {"networks": NETWORKS, "desks": DESKS, "directories": DIRECTORIES, "archives": ARCHIVES}


def read(path: str) -> str:
    return (PROJECT / path).read_text(encoding="utf-8")


def test_the_readme_lists_the_commands_there_are() -> None:
    table = []
    for command in COMMANDS:
        usage = f"/{command.name} {command.usage_hint}".strip().replace("|", "\\|")
        table.append(f"| `{usage}` | {command.description} |")
    written = re.findall(r"^\| `/.*$", read("README.md"), flags=re.MULTILINE)
    assert written == table, "\n".join(["README.md needs these rows:", *table])


def test_every_make_target_explains_itself() -> None:
    makefile = read("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert phony is not None
    explained = set(re.findall(r"^([a-z]+):.*## \S", makefile, flags=re.MULTILINE))
    assert explained == set(phony[1].split())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_targets_there_are(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", read("Makefile"), flags=re.MULTILINE))
    mention = re.compile(r"(?:^|`|\$ )(?:REQUIRE_PEERS=1 )?make ([a-z]+)", flags=re.MULTILINE)
    named = set(mention.findall(read(page)))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_files_there_are(page: str) -> None:
    folder = (PROJECT / page).parent
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", read(page))
    coded = re.findall(r"`((?:bot|handlers|storage|tests|docs|bench)/[\w./]+)`", read(page))
    absent = [path for path in linked if not (folder / path).exists()]
    assert absent + [path for path in coded if not (PROJECT / path).exists()] == []


def test_every_word_of_the_command_line_is_one() -> None:
    command = [sys.executable, "-m", "bot", "--help"]
    shown = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    named = {word for page in PAGES for word in re.findall(r"python -m bot ([a-z-]+)", read(page))}
    assert {word for word in named if not re.search(rf"\b{word}\b", shown.stdout)} == set()


def test_every_variable_is_in_the_operators_table() -> None:
    rows = [
        f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |".replace("|  |", "| |")
        for name, default, meaning in ((*two, last.replace("|", "\\|")) for *two, last in VARIABLES)
    ]
    page = read("docs/operators.md")
    assert [row for row in rows if row not in page] == []


@pytest.mark.parametrize(
    ("family", "name"), [(family, name) for family, kinds in FAMILIES.items() for name in kinds]
)
def test_every_credential_of_a_connector_is_documented(family: str, name: str) -> None:
    page = read("docs/operators.md")
    named = {
        word
        for source in sources(f"bot/{family}")
        if source.path.split("/")[-1].startswith(name)
        for word in re.findall(rf"\b{name.upper()}_[A-Z_]*[A-Z]\b", source.text)
    }
    assert {word for word in named if f"`{word}`" not in page} == set()


def test_every_key_of_app_yaml_is_shown_or_explained() -> None:
    page, guide = read("app.yaml"), read("docs/operators.md")
    keys = {key for model in models(Sections) for key in model.model_fields}
    for kinds in FAMILIES.values():
        for kind in kinds.values():
            keys |= set(kind.settings.model_fields)
    shown = {key for key in keys if re.search(rf"\b{key}:", page) or f"`{key}`" in guide}
    assert keys - shown == set()


def models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation)
    for inner in get_args(kind):
        yield from models(inner)
