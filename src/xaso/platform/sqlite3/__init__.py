"""SQLite with a queue for its writers."""
