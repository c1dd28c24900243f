"""The room `bot.compliance`: the guard, clearance and the decision table."""
