"""Tests through the front door: the real Bolt app, a real database, real peers."""
