"""外来查询: what others asked of this agency, for its operators."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.accounts.current import permitted
from app.exchange.asked.inquiries import Asked
from app.exchange.asked.messages import STATES
from app.exchange.asked.models import Inquiry
from tenants.database import db

blueprint = Blueprint("inquiries", __name__)
MOST_SHOWN = 200


@blueprint.get("/exchange/inquiries")
@permitted("connection.read")
def show() -> ResponseReturnValue:
    """The newest inquiries: who asked, what, how many, how far."""
    query = select(Inquiry).order_by(Inquiry.id.desc()).limit(MOST_SHOWN)
    found = [Asked(inquiry) for inquiry in db.session.scalars(query)]
    return render_template("exchange/asked/inquiries.html", rows=found, states=STATES)
