"""``flask`` commands for administration."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the commands of all packages to the application's command line."""
