"""A household that came from below earlier turned out to be an emergency."""

from sqlalchemy import select

from app.accounts.actor import system_actor
from app.cases.models import Case
from app.delegation.expediting import OPEN, Permission, expedite, tell_parent
from app.delegation.letters import OpenLetter
from app.delegation.overtaking import take_in_what_came_before
from tenants.database import any_of, db
from tenants.scope import current_scope


def take_in(letter: OpenLetter) -> None:
    """It is checked at once here, and at every tier that has it above.

    The letter that brought it may still lie in the box, overtaken by this one.
    """
    take_in_what_came_before(letter)
    query = select(Case.id).where(
        Case.from_agency_id == letter.from_agency_id,
        Case.origin_case == any_of(letter.content["cases"]),
        Case.lane == "regular",
        Case.state.in_(OPEN),
    )
    cases = list(db.session.scalars(query))
    if cases:
        given = Permission.of(letter.content["permission"])
        expedite(cases, given, system_actor(current_scope().agency_id))
        tell_parent(cases, given)
