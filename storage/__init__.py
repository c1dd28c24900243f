"""The record: what Usher knows, in one database. Nobody but `bot.care` asks it anything."""
