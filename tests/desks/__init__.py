"""The desks, each with what is its own."""
