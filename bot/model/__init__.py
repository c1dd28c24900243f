"""Nouns. They import nothing of ours but one another, and know no database, no Slack, no network."""
