"""Nouns. They import only one another, and know no database, no Slack and no network."""
