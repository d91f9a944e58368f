"""What stands around every page: agency, person, navigation, the month's ribbon."""

from typing import Any

from flask import Flask, g, request, url_for
from flask_login import current_user

from app.accounts.messages import ROLE_TITLES
from app.accounts.sign_in import SignedIn
from app.web.navigation import groups
from app.web.shell import Ribbon, Shell, build_ribbon
from tenants.agency.messages import TIER_TITLES
from tenants.agency.models import Agency, Unit
from tenants.calendar import business_date
from tenants.database import db
from tenants.rulebook import rulebook


def register(app: Flask) -> None:
    """Give every template of a signed-in person its ``shell``."""

    @app.context_processor
    def _shell() -> dict[str, Any]:
        if g.get("scope") is None:
            return {"shell": None}
        return {"shell": shell_for(current_user)}


def shell_for(person: SignedIn) -> Shell:
    """The surroundings of one signed-in person's pages."""
    who = person.actor
    agency = db.session.get_one(Agency, who.agency_id)
    unit_id = who.desk_id or who.unit_id
    unit = db.session.get(Unit, (who.agency_id, unit_id)) if unit_id else None
    return Shell(
        agency_name=agency.name,
        tier_title=TIER_TITLES[agency.tier],
        person_name=who.name,
        role_titles=tuple(ROLE_TITLES[role] for role in sorted(who.roles)),
        navigation=groups(who, request.endpoint or ""),
        ribbon=_ribbon(agency.province),
        unit_name=unit.name if unit else None,
        search_url=url_for("cases.search") if who.may("person.search") else None,
        sign_out_url=url_for("accounts.sign_out_now"),
    )


def _ribbon(province: int) -> Ribbon:
    today = business_date()
    return build_ribbon(rulebook(province).windows_in(today), today)
