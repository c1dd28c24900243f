"""The environment: defaults, files for secrets, and no secret in anything printed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Misconfigured
from bot.settings import Environment


def test_defaults() -> None:
    environment = Environment.read({})
    assert environment.slack_api_url == "https://slack.com/api/"
    assert environment.database_url.get_secret_value() == "sqlite:///data/usher.db"
    assert environment.usher_config == Path("app.yaml")
    assert (environment.http_host, environment.http_port) == ("127.0.0.1", 8480)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("xoxb-1\n", encoding="utf-8")
    environment = Environment.read({"SLACK_BOT_TOKEN_FILE": str(file)})
    assert environment.slack_bot_token.get_secret_value() == "xoxb-1"


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "USHER_VAULT_KEY", "DATABASE_URL"])
@pytest.mark.parametrize("sign", ["\n", "\r\n", "\0", "\x1b", "\u2028", "\u200b", "\udcff"])
def test_a_break_inside_is_refused_without_the_value(tmp_path: Path, name: str, sign: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        Environment.read({name: f"canary{sign}canary"})
    assert str(refused.value).startswith(f"{name}: found a line break")
    assert "canary" not in str(refused.value)
    file = tmp_path / "secret"
    file.write_bytes(f"canary{sign}canary".encode("utf-8", "surrogatepass"))
    with pytest.raises(Misconfigured) as in_file:
        Environment.read({f"{name}_FILE": str(file)})
    assert str(in_file.value).startswith(f"{name}_FILE: ")
    assert "canary" not in str(in_file.value)


@pytest.mark.parametrize("around", ["{}\n", " {}", "\t{} \r\n"])
def test_what_stands_around_a_secret_is_cut_off_either_way(tmp_path: Path, around: str) -> None:
    file = tmp_path / "token"
    file.write_text(around.format("abc"), encoding="utf-8")
    for variables in ({"X_BEARER_TOKEN": around.format("abc")}, {"X_BEARER_TOKEN_FILE": str(file)}):
        assert Environment.read(variables).credentials("x")("BEARER_TOKEN") == "abc"


def test_a_connectors_broken_secret_is_refused_when_it_is_asked_for() -> None:
    credential = Environment.read({"X_BEARER_TOKEN": "canary\ncanary"}).credentials("x")
    with pytest.raises(Misconfigured) as refused:
        credential("BEARER_TOKEN")
    assert "canary" not in str(refused.value)


@given(st.text())
def test_any_text_is_a_value_or_a_sentence(text: str) -> None:
    try:
        read = Environment.read({"SLACK_BOT_TOKEN": text}).slack_bot_token.get_secret_value()
    except Misconfigured:
        assert not text.strip().isprintable()
    else:
        assert read == text.strip()


def test_a_connector_reads_its_own_names_only(tmp_path: Path) -> None:
    file = tmp_path / "bearer"
    file.write_text("abc", encoding="utf-8")
    variables = {"X_API_URL": " http://127.0.0.1:1/x ", "X_BEARER_TOKEN_FILE": str(file)}
    credential = Environment.read(variables).credentials("x")
    assert credential("API_URL") == "http://127.0.0.1:1/x"
    assert credential("BEARER_TOKEN") == "abc"
    assert credential("CLIENT_ID") is None


def test_both_ways_at_once_are_one_too_many() -> None:
    variables = {"USHER_VAULT_KEY": "a", "USHER_VAULT_KEY_FILE": "b"}
    with pytest.raises(Misconfigured, match="both set"):
        Environment.read(variables)


def test_nothing_printed_shows_a_secret() -> None:
    names = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "USHER_VAULT_KEY")
    environment = Environment.read(
        dict.fromkeys(names, "canary") | {"DATABASE_URL": "postgresql://u:canary@db/u"}
    )
    assert "canary" not in f"{environment!r} {environment}"
    assert "canary" not in environment.model_dump_json()


def test_what_is_missing_is_said_in_sentences() -> None:
    said = Environment.read({}).missing()
    assert [sentence.split()[0] for sentence in said] == [
        "SLACK_BOT_TOKEN",
        "USHER_VAULT_KEY",
        "SLACK_APP_TOKEN",
    ]
    over_http = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "USHER_VAULT_KEY": "k",
        "SLACK_SIGNING_SECRET": "s",
    }
    assert Environment.read(over_http).missing() == ()


@pytest.mark.parametrize("address", ["here", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", ":1"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(Misconfigured, match="USHER_HTTP"):
        Environment.read({"USHER_HTTP": address})


@pytest.mark.parametrize("address", ["ftp://x", "slack.com/api", "https://", "file:///etc"])
def test_slacks_address_is_one_of_the_web(address: str) -> None:
    with pytest.raises(Misconfigured, match="SLACK_API_URL is no web address"):
        Environment.read({"SLACK_API_URL": address})
