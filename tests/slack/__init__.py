"""The Slack room, judged by the sandbox's own rules and not by what the room believes."""
