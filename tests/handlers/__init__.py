"""The door, knocked at through the real Bolt app and a loopback Slack."""
