"""Open a tenant: the agency in the tree, its keys, its units. Used by commands only."""

import datetime as dt
import secrets

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask import current_app
from sqlalchemy import func, insert, select, update

from tenants.agency.models import Agency, AgencyEdge, AgencyKey, Capability, Unit
from tenants.database import db
from tenants.scope import acting_for, current_scope
from tenants.settings import Settings
from tenants.vault import wrap

FIRST_KEY = 1


def open_agency(
    agency_id: int,
    *,
    name: str,
    short_name: str,
    region_name: str,
    tier: str,
    parent_id: int | None,
    opened_on: dt.date,
) -> None:
    """Enter an agency into the directory and the tree, with fresh keys of its own.

    One transaction: a half-opened agency never exists. ``short_name`` begins its document
    numbers. The parent must be open already.
    """
    box = X25519PrivateKey.generate()
    with acting_for(agency_id, "registrar"):
        db.session.execute(
            insert(Agency)
            .values(
                id=agency_id,
                name=name,
                short_name=short_name,
                region_name=region_name,
                tier=tier,
                box_public=box.public_key().public_bytes_raw(),
            )
            .inline()
        )
        if parent_id is not None:
            db.session.execute(
                insert(AgencyEdge)
                .values(child_id=agency_id, parent_id=parent_id, valid_from=opened_on)
                .inline()
            )
        for purpose in ("data", "lookup", "stamp"):
            _keep_key(purpose, secrets.token_bytes(32))
        _keep_key("box", box.private_bytes_raw())


def install_certificate(agency_id: int, certificate_pem: str, private_key_pem: bytes) -> None:
    """Give an agency its signing certificate (with its chain, PEM) and private key (PEM).

    A further one takes the place of the first; what was signed stays valid.
    """
    with acting_for(agency_id, "registrar"):
        db.session.execute(
            update(Agency).where(Agency.id == agency_id).values(certificate=certificate_pem)
        )
        _keep_key("signature", private_key_pem, key_id=_next_key_id("signature"))


def _next_key_id(purpose: str) -> int:
    """The id after the newest key of a purpose: certificates are renewed, other keys rotated."""
    newest = select(func.max(AgencyKey.key_id)).where(AgencyKey.purpose == purpose)
    return (db.session.scalar(newest) or 0) + 1


def _keep_key(purpose: str, key: bytes, *, key_id: int = FIRST_KEY) -> None:
    settings: Settings = current_app.extensions["hedui.settings"]
    agency_id = current_scope().agency_id
    wrapped = wrap(settings.master_key, agency_id, purpose, key_id, key)
    db.session.execute(
        insert(AgencyKey).values(purpose=purpose, key_id=key_id, wrapped=wrapped).inline()
    )


def add_unit(
    kind: str, name: str, *, department_id: int | None = None, category: int | None = None
) -> int:
    """Add a commissioning unit, an intake desk or a sharing unit to the agency in scope
    (registrar); returns its id."""
    row = insert(Unit).values(kind=kind, name=name, department_id=department_id, category=category)
    return db.session.execute(row.returning(Unit.id)).scalar_one()


def add_capabilities(unit_id: int, items: list[int], valid_from: dt.date) -> None:
    """This agency can check these data items with this unit from this day on, by medium."""
    if not items:
        return
    db.session.execute(
        insert(Capability).inline(),
        [{"item": item, "unit_id": unit_id, "valid_from": valid_from} for item in items],
    )
