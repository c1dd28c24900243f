"""The other side in tests: real programs on loopback, and bad lines to them."""
