"""Canaries put into every personal field that Usher may come to read, before it begins to."""

import csv
from dataclasses import replace
from pathlib import Path

from bot.sandbox.accounts import Status
from bot.sandbox.server import Sandbox
from bot.sandbox.x_posts import Account
from tests.canaries.kinds import (
    AUTHOR_CARD,
    AUTHOR_EMAIL,
    AUTHOR_NAME,
    AUTHOR_PHONE,
    BIO,
    COLLEAGUE_BORN,
    COLLEAGUE_EMAIL,
    COLLEAGUE_PHONE,
    COLLEAGUE_STATUS,
    COLLEAGUE_TITLE,
    CUSTOMER_BORN,
    CUSTOMER_NUMBER,
    CUSTOMER_PHONE,
    CUSTOMER_STREET,
    PLACE,
    POST_CARD,
    POST_EMAIL,
    POST_PHONE,
    SITE,
)

PROFILE = (
    ("description", f"{BIO} {AUTHOR_EMAIL} {AUTHOR_PHONE}"),
    ("location", PLACE),
    ("url", SITE),
)
IN_NAMES = (AUTHOR_EMAIL, AUTHOR_PHONE, AUTHOR_CARD)
"""Each account bears one of them, in turns."""
IN_WORDS = f"{POST_CARD}, {POST_EMAIL}, {POST_PHONE}"
"""Behind everything a customer writes."""
SLACK = (
    ("email", COLLEAGUE_EMAIL),
    ("phone", COLLEAGUE_PHONE),
    ("skype", COLLEAGUE_EMAIL),
    ("fields", COLLEAGUE_BORN),
)
COLUMNS = {"phone": CUSTOMER_PHONE, "street": CUSTOMER_STREET, "born": CUSTOMER_BORN}
"""Behind those the file has: no page of ours lets anybody see them."""


def plant(sandbox: Sandbox) -> None:
    sandbox.x.dresses(_dressed, said=_said)
    people = sandbox.workspace.people
    for key, person in people.items():
        people[key] = replace(
            person,
            title=person.title or COLLEAGUE_TITLE,
            status=person.status if person.status != Status() else Status(text=COLLEAGUE_STATUS),
            unasked=SLACK,
        )


def _dressed(account: Account) -> Account:
    more = IN_NAMES[int(account.id) % len(IN_NAMES)]
    return replace(account, name=f"{account.name} {AUTHOR_NAME} {more}", unasked=PROFILE)


def _said(words: str) -> str:
    return f"{words}\n{IN_WORDS}"


def plant_file(customers: Path) -> None:
    with customers.open(encoding="utf-8", newline="") as source:
        heading, *rows = csv.reader(source)
    number = heading.index("customer_id")
    for row in rows:
        row[number] += f"-{CUSTOMER_NUMBER}"
    with customers.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([*heading, *COLUMNS])
        writer.writerows([*row, *COLUMNS.values()] for row in rows)
