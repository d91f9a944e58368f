"""``flask`` commands of the operator of the deployment: where agencies may connect to."""

import click
from flask.cli import with_appcontext
from sqlalchemy import delete, select

from app.exchange.wire.addresses import is_entry
from app.exchange.wire.messages import say
from app.exchange.wire.models import AllowedAddress
from tenants.calendar import instant
from tenants.database import db
from tenants.scope import acting_for

ENTRY = click.argument("entry")


@click.command("allow-address")
@click.argument("agency", type=int)
@ENTRY
@click.option("--remove", is_flag=True, help="Take the address off the list.")
@with_appcontext
def allow_address(agency: int, entry: str, remove: bool) -> None:
    """Let AGENCY's worker connect to ENTRY: host:port, a network, or unix:/path."""
    if not is_entry(entry):
        raise click.ClickException(say("wire.entry_form", entry=entry))
    with acting_for(agency, "registrar"):
        if remove:
            db.session.execute(delete(AllowedAddress).where(AllowedAddress.entry == entry))
        else:
            allow(entry)
    said = "wire.disallowed" if remove else "wire.allowed"
    click.echo(say(said, agency=agency, entry=entry))


def allow(entry: str) -> None:
    """Put an entry on the list of the agency in scope (registrar), once."""
    there = select(AllowedAddress.id).where(AllowedAddress.entry == entry)
    if not db.session.scalar(select(there.exists())):
        db.session.add(AllowedAddress(entry=entry, allowed_at=instant()))
        db.session.flush()
