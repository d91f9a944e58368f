"""What the passing of days brings: overdue requests are told, old notices are forgotten."""

from flask import Flask
from sqlalchemy import select

from app.exchange.telling import tell_overdue
from app.notices.service import forget_old
from tenants.agency.models import Agency
from tenants.database import db
from tenants.scope import acting_for


def look_around(app: Flask) -> None:
    """One transaction per agency; doing it again changes nothing."""
    with app.app_context():
        with acting_for(0, "public", read_only=True):
            agencies = list(db.session.scalars(select(Agency.id)))
        for agency_id in agencies:
            with acting_for(agency_id):
                tell_overdue()
                forget_old()
