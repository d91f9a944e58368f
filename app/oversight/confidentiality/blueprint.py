"""The blueprint that the routes of this package share, and what their forms have in common."""

from collections.abc import Callable

from flask import Blueprint
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from app.accounts.current import actor
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.oversight.confidentiality import queries
from tenants.agency.tree import agency
from tenants.messages import Fault
from tenants.rulebook import Value, rulebook

blueprint = Blueprint("confidentiality", __name__, url_prefix="/confidentiality")


def people_to_choose() -> list[SelectChoice]:
    """Everybody of the staff, as a form offers them."""
    return [SelectChoice(*pair) for pair in queries.staff().items()]


def unmasking_law() -> Value[bool]:
    """Whether who has no undertaking in force may see nothing unmasked, and by which article."""
    return rulebook(agency(actor().agency_id).province).undertaking_to_unmask


def tried(
    verb: str, work: Callable[[], Moved], form: FlaskForm, page: Callable[[], str]
) -> tuple[str, int] | None:
    """Do it once: None when it was done, else the form's page again with what is wrong."""
    try:
        once(verb, work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return page(), 422
    return None
