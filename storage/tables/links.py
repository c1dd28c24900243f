"""Which handle is which customer, and why we may know. Who the customer is stands sealed only."""

from sqlalchemy import Column, LargeBinary, Table

from storage.tables.types import Instant, Words, metadata

links = Table(
    "links",
    metadata,
    Column("network", Words, primary_key=True),
    Column("network_user_id", Words, primary_key=True),
    Column("handle_sealed", LargeBinary, nullable=False),
    Column("customer_sealed", LargeBinary, nullable=False),
    Column("basis", Words, nullable=False),
    Column("consent_version", Words, nullable=False),
    Column("linked_at", Instant, nullable=False),
    Column("linked_by", Words, nullable=False),
)
