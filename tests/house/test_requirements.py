"""requirements.txt lists what the product imports, and nothing that it does not."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

from tests.house.source import PRODUCT, PROJECT, sources

LOADED_BY_OTHERS = {
    "asyncpg": "SQLAlchemy",
    "python-multipart": "Starlette",
    "tzdata": "zoneinfo",
}
"""Parts that another library imports for us once they are installed."""

PARTS_OF_OTHERS = {"pydantic-core": "pydantic", "yarl": "aiohttp"}
"""Types that a listed library speaks in; it also says which version of them it takes."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> Iterator[str]:
    for source in sources(*PRODUCT):
        for node in ast.walk(source.tree):
            match node:
                case ast.Import(names=names):
                    yield from (alias.name.split(".")[0] for alias in names)
                case ast.ImportFrom(module=str(module), level=0):
                    yield module.split(".")[0]


def test_requirements_are_what_is_imported() -> None:
    text = (PROJECT / "requirements.txt").read_text(encoding="utf-8")
    listed = {plain(name) for name in re.findall(r"^([\w.-]+)", text, flags=re.MULTILINE)}
    distributions = packages_distributions()
    foreign = set(imported()) - set(sys.stdlib_module_names) - {*PRODUCT}
    used = {plain(distributions[name][0]) for name in foreign}
    assert used - listed - set(PARTS_OF_OTHERS) == set(), "imported, but not in requirements.txt"
    assert listed - used == set(LOADED_BY_OTHERS), "in requirements.txt, but not imported"


def test_every_pin_is_exact_and_says_what_for() -> None:
    for page in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        lines = (PROJECT / page).read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if line and not line.startswith(("#", "-r "))]
        exact = re.compile(r"[\w.-]+(?:\[\w+\])?==[\w.]+ +# \S.*")
        assert [line for line in pins if not exact.fullmatch(line)] == []
