"""check, migrate, import-customers and audit verify: what they find, and how they say it."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot import manual
from bot.errors import Misconfigured, Unavailable
from bot.model.customer import Basis
from bot.verifying import verify_case
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


@pytest.mark.parametrize("text", ["", "[]", "[" * 100_000, '{"a":' * 100_000])
async def test_what_was_never_an_exported_case_is_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "case-1.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match="That is no file of /case export"):
        await verify_case(file, Console(file=StringIO()))


NOTHING = dict.fromkeys(
    ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "X_BEARER_TOKEN"), ""
)


async def test_to_migrate_needs_no_key_but_takes_no_wrong_one(operator: Operator) -> None:
    with pytest.raises(Misconfigured, match="USHER_VAULT_KEY cannot be used"):
        await operator.does(manual.migrate_database, USHER_VAULT_KEY="short")
    assert not (operator.home / "usher.db").exists()
    assert (await operator.does(manual.migrate_database, USHER_VAULT_KEY="")).code == 0


async def test_an_import_needs_no_token_and_starts_nothing_without_the_key(
    operator: Operator,
) -> None:
    with pytest.raises(Misconfigured, match="USHER_VAULT_KEY is not set"):
        await operator.does(manual.import_customers, **NOTHING, USHER_VAULT_KEY="")
    assert not (operator.home / "usher.db").exists()
    said = await operator.does(manual.import_customers, **NOTHING)
    assert (said.code, said.out.splitlines()[0]) == (0, "2 links read; 1 row set aside.")


async def test_rows_that_cannot_be_read_are_set_aside_and_the_rest_goes_on(
    operator: Operator, database_url: str
) -> None:
    person = "customer_provided,2026-01,2026-02-03T09:00:00Z,intake,2019,home,1,kim@mail.example"
    with (operator.home / "customers.csv").open("a", encoding="utf-8") as file:
        file.write("x,2009,kim,C-9\n")
        file.write(f"x,2010,kim,C-10,{person},PN-10,one,two\n")
        file.write("x,2011,kim,C-11,kim@mail.example,2026-01,2026-02-03,intake,2019,home,1,k,PN\n")
        file.write(f"x,2012,lee,C-12,{person},PN-12\n")
        file.write(f"y,2013,ida,C-13,{person},PN-13\n")
        file.write(f"x,2014,4111 1111 1111 1111,C-14,{person},PN-14\n")
        file.write(f"x,2015,4111111111111111,C-15,{person},PN-15\n")
        file.write(f"x,2016,uma,C-16,{person.replace('2026-02-03', '2099-02-03')},PN-16\n")
    said = await operator.does(manual.import_customers, DATABASE_URL=database_url)
    assert said.code == 0
    assert said.out.splitlines() == [
        "3 links read; 8 rows set aside.",
        "  csv_file, line 4: basis, consent_version missing",
        "  csv_file, line 5: 4 cells where the heading has 13",
        "  csv_file, line 6: 15 cells where the heading has 13",
        f"  csv_file, line 7: its basis is not one of {', '.join(Basis)}",
        "  csv_file, line 9: its network is none of app.yaml, expected one of x",
        "  csv_file, line 10: its handle is no name on a network, expected one such as jane",
        "  csv_file, line 11: its handle is no name on a network, expected one such as jane",
        "  csv_file, line 12: its linked_at is still to come",
    ]
    assert await count(database_url, "links") == 3


async def test_a_person_whom_two_rows_give_to_two_customers_is_nobodys(
    operator: Operator, database_url: str
) -> None:
    await operator.does(manual.import_customers, DATABASE_URL=database_url)
    file = operator.home / "customers.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, lines[1].replace("C-1001", "C-7")]), encoding="utf-8")
    said = await operator.does(manual.import_customers, DATABASE_URL=database_url)
    assert "1 link read; 3 rows set aside." in said.out
    assert "line 2: a later line gives its person to another customer" in said.out
    assert "line 5: gives another customer to the person of line 2" in said.out
    assert await rows(database_url, "SELECT network_user_id FROM links") == [("2003",)]


def misspelt(page: Page) -> None:
    fields = page["lookup"]["fields"]
    fields["customer_sinc"] = fields.pop("customer_since")
    page["lookup"]["more"] = {"service": {"policy_nr": "plain"}}


async def test_check_names_fields_that_no_customer_has(operator: Operator) -> None:
    page = write_home(operator.home, misspelt).read_text(encoding="utf-8").splitlines()
    said = await operator.does(manual.check)
    assert said.code == 1
    for name, meant in (("customer_sinc", "customer_since"), ("policy_nr", "policy_number")):
        line = 1 + next(at for at, text in enumerate(page) if text.strip().startswith(f"{name}:"))
        assert f"app.yaml:{line}: lookup › " in said.out
        assert f"{name}: no field of csv_file; did you mean {meant}?" in said.out
    assert said.out.count("✗") == 2


async def test_a_directory_that_is_away_is_the_only_trouble(operator: Operator) -> None:
    write_home(operator.home, misspelt)
    (operator.home / "customers.csv").unlink()
    said = await operator.does(manual.check)
    assert said.out.count("✗") == 1
    assert "customers.csv cannot be read" in said.out


async def test_what_a_connector_takes_is_said_in_words(operator: Operator) -> None:
    def change(page: Page) -> None:
        page["networks"]["x"] |= {"handle": "ac me", "account_id": "acme"}
        page["desks"]["roundup"] = {"web_url": "tracker"}

    write_home(operator.home, change)
    with pytest.raises(Misconfigured) as wrong:
        await operator.does(manual.check)
    said = str(wrong.value)
    assert 'handle: found "ac me", expected the account\'s name on X: up to 15 letters' in said
    assert 'account_id: found "acme", expected the account\'s number, digits only' in said
    assert 'web_url: found "tracker", expected an address that begins with https://' in said
    assert not [sign for sign in ("^", "$", "pattern") if sign in said]


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
    with pytest.raises(Misconfigured, match=r"has no tables yet|There is no database at"):
        await operator.does(manual.verify_audit, DATABASE_URL=database_url, **none)
    assert not (operator.home / "usher.db").exists(), "looking for a record made one"
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
