"""check, migrate, import-customers and audit verify: what they find, and how they say it."""

import pytest

from bot import manual
from bot.errors import Misconfigured, Unavailable
from tests.commands.operator import Operator
from tests.faults.databases import count, rows
from tests.running import Page, write_home


async def test_check_finds_nothing_where_all_is_well(operator: Operator) -> None:
    said = await operator.does(manual.check)
    assert said.code == 0
    assert "✓ Everything is in place" in said.out
    assert not (operator.home / "usher.db").exists(), "check changed something"


@pytest.mark.parametrize(
    ("variable", "wrong", "sentence"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-mistyped", "does not accept the bot's token"),
        ("SLACK_APP_TOKEN", "xapp-1-mistyped", "does not accept the app-level token"),
        ("SLACK_APP_TOKEN", "xoxb-in-the-wrong-place", "is no app-level token"),
        ("SLACK_API_URL", "http://127.0.0.1:9/api/", "Slack cannot be reached."),
        ("DATABASE_URL", "mysql://usher:pass-word@db/usher", "DATABASE_URL is no address"),
        ("USHER_VAULT_KEY", "short", "USHER_VAULT_KEY cannot be used"),
        ("X_BEARER_TOKEN", "", "X_BEARER_TOKEN is not set"),
        ("X_BEARER_TOKEN", "mistyped", "X refuses our bearer token (401)"),
    ],
)
async def test_check_names_what_is_wrong(
    operator: Operator, variable: str, wrong: str, sentence: str
) -> None:
    said = await operator.does(manual.check, **{variable: wrong})
    assert said.code == 1
    assert sentence in said.out
    assert not wrong or wrong not in said.out
    assert said.out.count("✗") == 1
    assert "✓" not in said.out


async def test_check_names_every_channel_that_is_not_right(operator: Operator) -> None:
    def change(page: Page) -> None:
        page["otherwise"]["channel"] = "#no-such-channel"
        page["digest"]["channel"] = "#archived"

    write_home(operator.home, change)
    said = await operator.does(manual.check)
    assert said.code == 1
    assert said.out.count("✗") == 2
    assert "#no-such-channel" in said.out
    assert "archived" in said.out


async def test_migrate_twice_is_as_good_as_once(operator: Operator, database_url: str) -> None:
    for _ in range(2):
        said = await operator.does(manual.migrate_database, DATABASE_URL=database_url)
        assert said.code == 0
        assert said.out == "The database is up to date.\n"
    assert await count(database_url, "audit_events") == 0


async def test_customers_come_in_and_rows_without_basis_stay_out(
    operator: Operator, database_url: str
) -> None:
    for _ in range(2):
        said = await operator.does(manual.import_customers, DATABASE_URL=database_url)
        assert said.code == 0
        assert "2 links read; 1 row set aside." in said.out
        assert "csv_file, line 4: basis, consent_version missing" in said.out
        assert "tom" not in said.out
    assert await count(database_url, "links") == 2


async def test_a_record_that_was_tampered_with_is_named_by_its_number(
    operator: Operator, database_url: str
) -> None:
    for _ in range(3):
        await operator.does(manual.import_customers, DATABASE_URL=database_url)
    good = await operator.does(manual.verify_audit, DATABASE_URL=database_url)
    assert (good.code, good.out) == (
        0,
        "3 lines checked: nothing was changed since it was written.\n",
    )
    await rows(database_url, "UPDATE audit_events SET actor = 'somebody' WHERE id = 2")
    bad = await operator.does(manual.verify_audit, DATABASE_URL=database_url)
    assert bad.code == 1
    assert "D-2" in bad.out
    assert "D-1" not in bad.out
    assert "D-3" not in bad.out


async def test_an_auditor_needs_no_token_and_is_told_where_there_is_no_record(
    operator: Operator, database_url: str
) -> None:
    none = {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": "", "X_BEARER_TOKEN": ""}
    with pytest.raises(Misconfigured, match="has no tables yet"):
        await operator.does(manual.verify_audit, DATABASE_URL=database_url, **none)
    await operator.does(manual.import_customers, DATABASE_URL=database_url)
    said = await operator.does(manual.verify_audit, DATABASE_URL=database_url, **none)
    assert said.code == 0


async def test_another_key_than_the_databases_own_is_refused(
    operator: Operator, database_url: str
) -> None:
    await operator.does(manual.import_customers, DATABASE_URL=database_url)
    other = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktISE="
    with pytest.raises(Misconfigured, match="another vault key"):
        await operator.does(manual.verify_audit, DATABASE_URL=database_url, USHER_VAULT_KEY=other)


@pytest.mark.parametrize("address", ["nonsense", "postgresql://u:pass-word@h:99999/d", "sqlite:"])
async def test_an_address_that_is_none_is_refused_without_its_password(
    operator: Operator, address: str
) -> None:
    with pytest.raises(Misconfigured, match="DATABASE_URL is no address") as refused:
        await operator.does(manual.migrate_database, DATABASE_URL=address)
    assert "pass-word" not in str(refused.value)


async def test_a_database_that_is_not_there_is_said(operator: Operator) -> None:
    nowhere = "postgresql://usher:pass-word@127.0.0.1:9/usher"
    with pytest.raises(Unavailable) as away:
        await operator.does(manual.migrate_database, DATABASE_URL=nowhere)
    sentence = manual.away_sentence(away.value)
    assert sentence.startswith("The database cannot be reached")
    assert "pass-word" not in sentence
