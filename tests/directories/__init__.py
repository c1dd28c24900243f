"""The directories, each with what is its own."""
