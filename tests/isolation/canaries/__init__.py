"""Canaries: what must never be seen by somebody else, planted in every table of every tenant."""
