"""The sandbox's page keeps its promises: all of it is here, and words never become markup."""

import re
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.server import Sandbox

STATIC = Path(__file__).parents[2] / "bot" / "sandbox" / "static"
FILES = sorted(STATIC.iterdir())
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
LOADED = re.compile(r"""(?:from|import|src=|href=|url\()\s*["']?([^"')>\s]+\.(?:js|css))""")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_small_local_and_writes_no_markup(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    assert not MARKUP.search(text)
    for name in LOADED.findall(text):
        assert (STATIC / name).is_file(), f"{file.name} loads {name}"


async def test_the_sandbox_serves_the_page() -> None:
    async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
        async with session.get(sandbox.base_url + "/") as page:
            assert page.content_type == "text/html"
            names = LOADED.findall(await page.text())
        assert "page.js" in names
        for file in FILES:
            async with session.get(f"{sandbox.base_url}/{file.name}") as answer:
                assert answer.status == 200
