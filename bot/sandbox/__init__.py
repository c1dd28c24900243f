"""The outside world on loopback: a Slack workspace and an X network for the demo and the tests.

It imports nothing of ours: what it says about Slack must not be what the bot believes.
"""
