"""``flask verify-archive``: is a package as it was made? Off line, without a database."""

import io
import sys
import zipfile
import zlib
from pathlib import Path

import click
import pyzipper

from app.oversight.archive import names
from app.oversight.archive.messages import FAULT_TITLES, Fault, say
from app.oversight.archive.rules import Altered, compare

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def opened(data: bytes, password: str) -> dict[str, bytes]:
    """Name → bytes of a package; ``Fault("archive.verify.unreadable")``."""
    try:
        with pyzipper.AESZipFile(io.BytesIO(data)) as whole:
            whole.setpassword(password.encode())
            return {name: whole.read(name) for name in whole.namelist()}
    except (zipfile.BadZipFile, RuntimeError, ValueError, zlib.error, EOFError) as error:
        raise Fault("archive.verify.unreadable") from error


def altered(packed: dict[str, bytes]) -> list[Altered]:
    """What is not as the package's own list says; ``Fault("archive.verify.no_manifest")``."""
    files = dict(packed)
    try:
        return compare(files.pop(names.MANIFEST).decode(), files)
    except (KeyError, ValueError) as error:
        raise Fault("archive.verify.no_manifest", name=names.MANIFEST) from error


@click.command("verify-archive")
@click.argument("file", type=FILE)
@click.option("--password", prompt=True, hide_input=True, help="The password of the package.")
def verify_archive(file: Path, password: str) -> None:
    """Say whether FILE, a package of an archive, is whole, and which of its files is not.

    Ends with 0 when it is, with 1 when it is not. Nothing is fetched and no database is asked.
    """
    try:
        packed = opened(file.read_bytes(), password)
        wrong = altered(packed)
    except Fault as fault:
        raise click.ClickException(str(fault)) from fault
    if not wrong:
        click.echo(say("archive.verify.good", count=len(packed) - 1))
        return
    click.echo(say("archive.verify.bad"))
    for one in wrong:
        click.echo(say("archive.verify.line", name=one.name, fault=FAULT_TITLES[one.fault]))
    sys.exit(1)
