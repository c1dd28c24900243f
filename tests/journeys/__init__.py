"""A user story each, through the real front door."""
