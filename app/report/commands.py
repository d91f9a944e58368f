"""``flask verify-report``: is a report authentic? Offline, without a database."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.report.command_messages import say
from app.report.paper.verifying import Verification, verify_report
from app.web.formats import instant
from tenants.settings import Settings

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("verify-report")
@click.argument("file", type=FILE)
@click.option("--trust", type=FOLDER, help="Folder with the PEM certificates to trust.")
@with_appcontext
def verify(file: Path, trust: Path | None) -> None:
    """Say whether FILE is an authentic report: signature, signer, content, what it carries.

    Ends with 0 when it is, with 1 when it is not. Nothing is fetched and no database is asked.
    """
    settings: Settings = current_app.extensions["hedui.settings"]
    roots = _roots(trust or settings.hedui_trust_dir)
    found = verify_report(file.read_bytes(), roots, settings.is_production, file.name)
    for line in described(found):
        click.echo(line)
    sys.exit(0 if found.valid else 1)


def _roots(folder: Path | None) -> list[bytes]:
    roots = [path.read_bytes() for path in sorted(folder.glob("*.pem"))] if folder else []
    if not roots:
        raise click.ClickException(say("command.verify.no_trust"))
    return roots


def described(found: Verification) -> list[str]:
    """The finding in lines: the verdict first, then the paper, then each attached report."""
    verdict = "command.verify.good" if found.valid else "command.verify.bad"
    lines = [say(verdict), *_particulars(found)]
    if found.attachments:
        lines.append(say("command.verify.attachments", count=len(found.attachments)))
    for part in found.attachments:
        word = say("command.verify.part_good" if part.valid else "command.verify.part_bad")
        lines += [f"  [{word}]", *(f"    {line}" for line in _particulars(part))]
    return lines


def _particulars(found: Verification) -> list[str]:
    lines = [say("command.verify.file", name=found.file_name)]
    if found.number:
        lines.append(say("command.verify.number", number=found.number))
    if found.supplements:
        lines.append(say("command.verify.supplements", number=found.supplements))
    if found.signer:
        lines.append(say("command.verify.signer", signer=found.signer))
    if found.signed_at:
        lines.append(say("command.verify.signed_at", at=instant(found.signed_at)))
    lines.append(say("command.verify.digest", sha256=found.sha256))
    return lines + [say("command.verify.fault", fault=say(code)) for code in found.faults]
