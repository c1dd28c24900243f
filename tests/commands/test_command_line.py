"""`python -m bot …` in a shell: one sentence, the right exit code, no traceback, no secret."""

import asyncio
import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from bot import manual
from tests.commands.operator import Operator, Said
from tests.faults.databases import rows
from tests.running import write_home

SCHEMA = Path(__file__).parent.parent / "fixtures" / "slack_manifest.schema.json"


def one_sentence(said: Said, *, code: int, words: str) -> None:
    assert said.code == code, said
    assert words in said.err
    lines = said.err.strip().splitlines()
    assert len([line for line in lines if not line.startswith("{")]) == 1, said.err
    assert '"kind":"error"' not in said.err, "a library complains of how we ended"
    assert said.out == ""


async def test_run_stops_with_a_sentence(operator: Operator) -> None:
    names = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "USHER_VAULT_KEY")
    nothing_set = dict.fromkeys(names, "")
    nowhere = "postgresql://usher:pass-word@127.0.0.1:9/usher"
    bot_token, app_token, database, nothing = await asyncio.gather(
        operator.types("run", SLACK_BOT_TOKEN="xoxb-mistyped"),
        operator.types("run", SLACK_APP_TOKEN="xapp-1-mistyped"),
        operator.types("run", DATABASE_URL=nowhere),
        operator.types("run", **nothing_set),
    )
    one_sentence(bot_token, code=2, words="Slack does not accept the bot's token")
    one_sentence(app_token, code=2, words="Slack does not accept the app-level token")
    one_sentence(database, code=3, words="The database cannot be reached")
    assert "mistyped" not in bot_token.all + app_token.all
    assert "pass-word" not in database.all
    assert nothing.code == 2
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "USHER_VAULT_KEY"):
        assert f"{name} is not set" in nothing.err


async def test_a_mistyped_page_is_named_with_its_line(operator: Operator) -> None:
    page = operator.home / "app.yaml"
    lines = page.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("timezone:"))
    lines[at] = "timezoen: Europe/Berlin"
    page.write_text("\n".join(lines), encoding="utf-8")
    said = await operator.types("run")
    assert said.code == 2
    assert f"app.yaml:{at + 1}: timezoen: not known here; did you mean timezone?" in said.err


async def test_manifest_is_slacks_own_form(operator: Operator) -> None:
    other = operator.home / "other"
    other.mkdir()
    page = write_home(other, lambda page: page.update(prefix="acme-"))
    plain, prefixed = await asyncio.gather(
        operator.types("manifest"), operator.types("manifest", USHER_CONFIG=str(page))
    )
    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for said, prefix in ((plain, ""), (prefixed, "acme-")):
        assert said.code == 0
        assert said.err == ""
        made = json.loads(said.out)
        assert [error.message for error in validator.iter_errors(made)] == []
        names = [each["command"] for each in made["features"]["slash_commands"]]
        assert f"/{prefix}claim" in names
        assert all(name.startswith(f"/{prefix}") for name in names)


async def test_exit_codes_of_what_is_done_by_hand(operator: Operator) -> None:
    await operator.does(manual.import_customers)
    url = operator.environment()["DATABASE_URL"]
    await rows(url, "UPDATE audit_events SET action = 'nothing.happened' WHERE id = 1")
    verified, checked = await asyncio.gather(
        operator.types("audit", "verify"), operator.types("check", SLACK_BOT_TOKEN="xoxb-mistyped")
    )
    assert (verified.code, verified.err) == (1, "")
    assert "D-1" in verified.out
    assert checked.code == 1
    assert checked.out.startswith("✗ ")


@pytest.mark.timeout(90)
async def test_the_demo_plays_unattended(operator: Operator) -> None:
    said = await operator.types("demo", "--once")
    assert said.code == 0, said.all
    assert said.out.strip().endswith("Every step held.")
    assert "✗" not in said.out
