"""From lines to answers."""
