"""The command line, as the operator meets it."""
