"""One suite per family of parts, run for every part in the family's list."""
