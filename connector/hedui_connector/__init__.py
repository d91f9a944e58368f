"""The connector: a conforming exchange server in front of a sharing unit's own database."""
