"""Chains the committed audit rows of every agency, seconds after they were written."""

from flask import Flask
from sqlalchemy import select

from app.audit.service import seal_trail
from tenants.agency.models import Agency
from tenants.database import db
from tenants.scope import acting_for


def seal_all(app: Flask) -> int:
    """One transaction per agency; returns how many rows were chained."""
    with app.app_context():
        with acting_for(0, "public", read_only=True):
            agencies = list(db.session.scalars(select(Agency.id)))
        return sum(_seal(agency_id) for agency_id in agencies)


def _seal(agency_id: int) -> int:
    with acting_for(agency_id):
        return seal_trail()
