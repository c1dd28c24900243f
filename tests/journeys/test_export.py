"""A case as a file, for whoever must prove it: to them alone, and checked away from here."""

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest
from rich.console import Console

from bot import verifying
from bot.care.case_file import check_file
from bot.care.wording import in_eights
from bot.errors import Misconfigured
from bot.sandbox.driver import Heard
from bot.sandbox.files import File
from tests.faults.databases import count
from tests.faults.waiting import until
from tests.journeys.approving import card, recorded, says_why, says_yes
from tests.programs import started
from tests.running import Page, Running, case_number, heard, running

CHANNEL = "#care-billing"
MAIL = "jane.doe@post.example.org"
WHAT_FOR = "the yearly audit"


@asynccontextmanager
async def auditing(
    home: Path, database_url: str, *, profile: str = "standard", **more: Any
) -> AsyncIterator[Running]:
    def change(page: Page) -> None:
        page["policy"]["profile"] = profile
        page["roles"] |= {"auditor": ["U0MINA", "U0ANNA"], "platform": ["U0ANNA"]}

    async with running(home, database_url, change=change, **more) as house:
        await house.usher.care.roles.look()
        yield house


async def a_case(house: Running) -> int:
    card = await house.card("jane", f"@acme refund to {MAIL}", channel=CHANNEL, seen="refund to")
    number, anna = case_number(card), await house.enrolled("anna")
    heard(await anna.types(f"/claim {number}"))
    heard(await anna.types(f"/case note {number} she called on +44 7911 123456"))
    return number


def files(house: Running) -> list[File]:
    return [each for each in house.sandbox.workspace.files.all.values() if each.shared]


async def the_file(house: Running, name: str) -> bytes:
    """As it stands in the direct messages of that person."""
    await until(lambda: bool(files(house)))
    person = house.person(name)
    await person.sees("Case", channel="@usher", timeout=20)
    (message,) = [each for each in person.messages("@usher") if each.files]
    (shown,) = message.files
    content = house.sandbox.workspace.files.all[shown["id"]].content
    assert content is not None
    return content


async def test_an_auditor_gets_the_file_and_checks_it_away_from_here(
    tmp_path: Path, database_url: str
) -> None:
    async with auditing(tmp_path, database_url) as house:
        number, mina = await a_case(house), house.person("mina")
        no = heard(await mina.types(f"/case export {number}"))
        assert "say what you need it for" in no
        assert "obligation.reason" in await says_why(house, "mina", no)
        said = heard(await mina.types(f"/case export {number} {WHAT_FOR}"))
        assert "comes to you as a direct message" in said
        on_record = await says_why(house, "mina", said)
        content = await the_file(house, "mina")
        assert MAIL.encode() not in content
        # Four digits alone stand in many a hash.
        assert b"7911 123456" not in content
        told = json.loads(content)
        actions = [json.loads(each["body"])["action"] for each in told["record"]]
        assert {"case.claimed", "case.noted"} <= set(actions)
        assert told["posts"][0]["words"].startswith("@acme refund to")
        assert len(told["notes"]) == 1
        (handed_over,) = [one.words for one in mina.messages("@usher") if one.files]
        await recorded(database_url, "export.sent", 1)
        # Who has it needs no copy of it here.
        assert await count(database_url, "exports WHERE file_sealed IS NOT NULL") == 0
        assert await count(database_url, "audit_events WHERE action = 'case.exported'") == 1
    digest = in_eights(hashlib.sha256(content).hexdigest())
    assert f"SHA-256 of the file: {digest}" in on_record
    assert f"--sha256 {digest}`" in handed_over
    assert check_file(content).checked == len(actions)
    said, code = await typed(written(tmp_path, content), "--sha256", digest.upper())
    assert (code, "It is the file whose SHA-256 you gave, whole" in said) == (0, True)
    assert (await typed(written(tmp_path, b"{}")))[1] == 2
    await forged(content, tmp_path)


def written(home: Path, content: bytes) -> Path:
    file = home / "case.json"
    file.write_bytes(content)
    return file


async def forged(content: bytes, home: Path) -> None:
    """What stands beside the record is vouched for by the hash of the whole and nothing else."""
    told, digest = json.loads(content), hashlib.sha256(content).hexdigest()
    said, code = await verified(written(home, content))
    assert (code, "each as it was written" in said) == (0, True)
    assert f"SHA-256 of this file: {digest}" in said
    assert "only that SHA-256 vouches" in said
    bad = content.replace(b'"state": "open"', b'"state": "gone"')
    assert bad != content
    said, code = await verified(written(home, bad), sha256=digest)
    assert f"It is not the file that was handed over: on record is {digest}" in said
    assert code == 1
    with pytest.raises(Misconfigured, match="64 hexadecimal digits"):
        await verified(written(home, content), sha256="beef")
    for record in ([], told["record"][:1] * 2, told["record"][::-1]):
        other = json.dumps({**told, "record": record}).encode()
        assert (await verified(written(home, other)))[1] == 1
    bad = content.replace(b'\\"case.claimed\\"', b'\\"case.dropped\\"')
    assert bad != content
    said, code = await verified(written(home, bad))
    assert (code, "1 changed since written" in said) == (1, True)


async def verified(file: Path, *, sha256: str = "") -> tuple[str, int]:
    said = StringIO()
    code = await verifying.verify_case(file, Console(file=said), sha256=sha256)
    return said.getvalue(), code


async def typed(file: Path, *more: str) -> tuple[str, int]:
    """By the command line, which needs nothing but the file."""
    with TemporaryFile() as said:
        streams = {"stdout": said.fileno(), "stderr": said.fileno()}
        verify = await started("verify-case", str(file), *more, environ={}, **streams)
        code = await verify.wait()
        said.seek(0)
        return said.read().decode(), code


async def test_who_may_not_is_told_why(tmp_path: Path, database_url: str) -> None:
    async with auditing(tmp_path, database_url) as house:
        number = await a_case(house)
        no = heard(await house.person("ben").types(f"/case export {number} {WHAT_FOR}"))
        assert "Rule: export-by-role" in await says_why(house, "ben", no)
        # She audits too, and holds the case; but whoever looks after the platform gets no file.
        no = heard(await house.person("anna").types(f"/case export {number} {WHAT_FOR}"))
        assert "Rule: platform-apart" in await says_why(house, "anna", no)
        assert await count(database_url, "exports") == 0
        assert not files(house)


async def test_where_others_must_agree_it_comes_after_their_yes(
    tmp_path: Path, database_url: str
) -> None:
    async with auditing(tmp_path, database_url, profile="insurance") as house:
        number, mina = await a_case(house), house.person("mina")
        said = heard(await mina.types(f"/case export {number} {WHAT_FOR}"))
        assert "once others agree" in said
        assert "one other person (approver)" in said
        again = heard(await mina.types(f"/case export {number} {WHAT_FOR}"))
        assert "once others agree" in again
        assert await count(database_url, "approvals") == 1
        assert not files(house)
        title = f"Case {number} is exported to Mina Sato"
        read = await card(house, "cora", words=title)
        # The case goes on: what was asked for is another by now, and who asked hears of it.
        heard(await house.person("anna").types(f"/case release {number}"))
        await house.person("cora").clicks("Approve", on=read)
        gone_on = "The case has gone on since it was asked."
        await mina.sees(gone_on, channel="@usher", timeout=20)
        assert await count(database_url, "approvals WHERE state = 'void'") == 1
        await asked_anew(house, number)
        # A note changes nothing about it; it stands in the file.
        heard(await house.person("anna").types(f"/case note {number} and once more"))
        assert "The file comes" in await says_yes(house, "cora", words=title)
        told = json.loads(await the_file(house, "mina"))
        assert len(told["notes"]) == 2
        assert sum(gone_on in each.words for each in mina.messages("@usher")) == 1
        assert {"approval.asked", "approval.approved"} <= {
            json.loads(each["body"])["action"] for each in told["record"]
        }


async def asked_anew(house: Running, number: int) -> None:
    said = await house.person("mina").types(f"/case export {number} {WHAT_FOR}")
    assert isinstance(said, Heard)
    assert "once others agree" in said.words
