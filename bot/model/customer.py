"""Who a handle is to the company, when a link with a basis says so."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Basis(StrEnum):
    """Why we may know that a handle is a customer: X's rule on off-X matching asks for it."""

    CUSTOMER_PROVIDED = "customer_provided"
    OAUTH_VERIFIED = "oauth_verified"
    DM_CODE_VERIFIED = "dm_code_verified"
    PUBLIC_DIRECTORY = "public_directory"


@dataclass(frozen=True, slots=True)
class HandleLink:
    network: str
    network_user_id: str
    handle: str
    customer_id: str
    basis: Basis
    consent_version: str
    linked_at: datetime
    linked_by: str


@dataclass(frozen=True, slots=True)
class HeldHandle:
    """Who bears a handle about which somebody holds an open case.

    `user_id` is empty while only the handle is known.
    """

    user_id: str
    link: HandleLink | None


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """One customer as a directory tells it: field names of app.yaml to plain values."""

    customer_id: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read; `reason` repeats nothing of what stands in it."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One row of a customers' file, before we know whether it has a basis. `line` is 1-based."""

    line: int
    network: str
    network_user_id: str
    handle: str
    customer_id: str
    basis: str
    consent_version: str
    linked_at: str
    linked_by: str
