"""What is open to anyone, without personal data: the page behind a report's QR code, and what the
public may know of the work (吉民发〔2017〕58号 第二十三条)."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from app.accounts.current import ANYONE, permitted
from app.public.information import agencies, information, kinds_asked
from app.public.messages import CONTACT_TITLES, TIER_TITLES
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


KEPT_FOR_S = 600
"""How long a browser, or what stands before the portal, may keep a page of public information."""


@blueprint.get("/info")
@permitted(ANYONE)
@limiter.limit("60/minute")
def info() -> ResponseReturnValue:
    """What is checked, by which law, with which rights; and the agencies to choose from."""
    return _kept(
        render_template(
            "public/info.html", kinds=kinds_asked(), agencies=agencies(), tiers=TIER_TITLES
        )
    )


@blueprint.get("/info/<int:agency_id>")
@permitted(ANYONE)
@limiter.limit("60/minute")
def info_of(agency_id: int) -> ResponseReturnValue:
    """The same of one agency, with its terms and how to reach it."""
    found = information(agency_id)
    return _kept(
        render_template(
            "public/info_of.html", found=found, kinds=kinds_asked(), contacts=CONTACT_TITLES
        )
    )


def _kept(page: str) -> ResponseReturnValue:
    response = make_response(page)
    response.cache_control.public = True
    response.cache_control.max_age = KEPT_FOR_S
    return response
