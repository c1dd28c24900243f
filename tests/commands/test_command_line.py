"""`python -m bot …` in a shell: one sentence, the right exit code, no traceback, no secret."""

import asyncio
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from bot import manual
from bot.__main__ import cli
from bot.app import at_work
from bot.errors import Misconfigured
from bot.settings import load_settings
from tests.commands.operator import Operator, Said
from tests.faults.databases import rows
from tests.running import Page, write_home

HERE = ("127.0.0.1", "::1", "localhost")
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
    said = await operator.types("manifest", USHER_CONFIG=str(page))
    assert (said.code, said.err) == (0, "")
    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for made, prefix in ((manual.manifest_for(""), ""), (json.loads(said.out), "acme-")):
        assert [error.message for error in validator.iter_errors(made)] == []
        names = [each["command"] for each in made["features"]["slash_commands"]]
        assert f"/{prefix}claim" in names
        assert all(name.startswith(f"/{prefix}") for name in names)


@pytest.mark.parametrize(
    "address",
    [
        "foo",
        "usher.example.com/slack/events",
        "http://usher.example.com/slack/events",
        "http://127.0.0.1.example.com/",
        "ftp://127.0.0.1/",
        "https://",
        "https://:8443/",
        "https://h:99999/",
        "https://usher.example.com/slack events",
        "https://usher:canary@usher.example.com/",
        "https://[::1/",
    ],
)
def test_an_address_that_slack_cannot_send_to_makes_no_manifest(address: str) -> None:
    with pytest.raises(Misconfigured, match="no address that Slack can send to") as refused:
        manual.manifest_for("", address)
    assert "canary" not in str(refused.value)


@given(st.text())
def test_no_address_is_too_strange_for_a_sentence(address: str) -> None:
    for written in (address, f"https://{address}", f"http://{address}"):
        try:
            made = manual.manifest_for("", written)
        except Misconfigured:
            continue
        assert made["settings"]["socket_mode_enabled"] == (not written)
        assert written.startswith("https://") or not written or urlsplit(written).hostname in HERE


async def test_manifest_takes_an_https_address_and_says_no_to_others(operator: Operator) -> None:
    over_tls, no = await asyncio.gather(
        operator.types("manifest", "--request-url", "https://usher.example.com/slack/events"),
        operator.types("manifest", "--request-url", "foo"),
    )
    assert over_tls.code == 0
    assert manual.manifest_for("", "http://localhost:8480/slack/events")
    url = json.loads(over_tls.out)["settings"]["interactivity"]["request_url"]
    assert url == "https://usher.example.com/slack/events"
    one_sentence(no, code=2, words="--request-url is no address that Slack can send to")


async def test_run_names_what_only_it_can_judge_by_file_and_line(operator: Operator) -> None:
    def change(page: Page) -> None:
        page["policy"]["profile"] = "standrad"

    page = write_home(operator.home, change).read_text(encoding="utf-8").splitlines()
    line = 1 + next(at for at, text in enumerate(page) if "standrad" in text)
    words = f"app.yaml:{line}: policy › profile: no such profile; did you mean standard?"
    one_sentence(await operator.types("run"), code=2, words=words)
    write_home(operator.home, lambda page: page["lookup"]["fields"].update(emial="masked"))
    known = load_settings(
        operator.home / "app.yaml", operator.environment(), connectors=manual.connectors()
    )
    with pytest.raises(Misconfigured, match=r"emial: no field of csv_file; did you mean email\?"):
        async with at_work(known):
            pass


async def test_a_secret_in_pieces_is_refused_and_one_with_an_end_of_line_is_not(
    operator: Operator,
) -> None:
    secrets = operator.environment()
    names = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "X_BEARER_TOKEN")
    ended = {name: f"{secrets[name]}\n" for name in names}
    assert (await operator.does(manual.check, **ended)).code == 0
    broken = {name: f"canary\n{secrets[name]}" for name in names}
    for name in names[:2]:
        with pytest.raises(Misconfigured, match=f"{name}: found a line break") as refused:
            await operator.does(manual.check, **{name: broken[name]})
        assert "canary" not in str(refused.value)
    # The bearer is read by the network itself.
    said = await operator.types("run", **{names[2]: broken[names[2]]})
    one_sentence(said, code=2, words=f"{names[2]}: found a line break")
    assert "canary" not in said.all


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


@pytest.mark.parametrize("port", ["99999", "-1", "65536"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    said = CliRunner().invoke(cli, ["demo", "--port", port])
    assert said.exit_code == 2
    assert "Invalid value for '--port'" in said.output
