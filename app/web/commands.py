"""``flask`` commands for administration."""

from flask import Flask

from app.exchange.store.commands import load_returned
from app.exchange.wire.commands import allow_address
from app.map_changes.commands import COMMANDS as MAP_COMMANDS
from app.oversight.archive.verifying import verify_archive
from app.people.commands import COMMANDS
from app.report.commands import verify


def register(app: Flask) -> None:
    """Add the commands of all packages to the application's command line."""
    for command in (*COMMANDS, *MAP_COMMANDS, allow_address, load_returned, verify, verify_archive):
        app.cli.add_command(command)
