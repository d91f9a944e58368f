"""The page behind a report's QR code: open to anyone, without personal data."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accounts.current import ANYONE, permitted
from app.public.queries import authentic
from app.report.screen_messages import KIND_TITLES
from app.web.limits import limiter

LARGEST_AGENCY = 999_999
"""Agencies are numbered by their region, in six figures."""

blueprint = Blueprint("public", __name__)


@blueprint.get("/v/<int:agency_id>/<code>")
@permitted(ANYONE)
@limiter.limit("30/minute")
def verify(agency_id: int, code: str) -> ResponseReturnValue:
    """Authentic and current, replaced by which number, or unknown: the last says nothing about
    whether the agency or only the code does not exist."""
    report = authentic(agency_id, code) if agency_id <= LARGEST_AGENCY else None
    page = render_template("public/verification.html", report=report, kinds=KIND_TITLES)
    return page, 200 if report else 404
