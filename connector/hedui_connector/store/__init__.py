"""What the connector remembers, in one SQLite file."""
