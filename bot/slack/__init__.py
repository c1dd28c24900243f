"""The room that speaks to Slack: what is Slack-shaped is made and understood here."""
