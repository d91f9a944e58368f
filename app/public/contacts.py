"""What the agency publishes about itself: written by its head, read by anybody."""

from collections.abc import Mapping

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.public.models import CONTACT_FIELDS, PublicContact
from tenants.calendar import instant
from tenants.database import db


def contact() -> dict[str, str]:
    """The contact of the agency in scope, by field; empty texts where there is none."""
    columns = [getattr(PublicContact, name) for name in CONTACT_FIELDS]
    query = select(*columns).order_by(PublicContact.id.desc()).limit(1)
    found = db.session.execute(query).one_or_none()
    return dict(found._mapping) if found else dict.fromkeys(CONTACT_FIELDS, "")


def publish(said: Mapping[str, str], actor: Actor) -> None:
    """Take the place of what was published before; the earlier row stays."""
    actor.must("contact.publish")
    row = insert(PublicContact).values(
        **{name: said[name].strip() for name in CONTACT_FIELDS},
        recorded_by=actor.account_id,
        recorded_at=instant(),
    )
    db.session.execute(row.inline())
    audit.record(actor.account_id, "contact.publish", kind="public_contact")
