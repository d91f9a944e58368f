"""What an agency does once the day of a change has come: letters that have not left are addressed
anew, what can be checked is told anew, and its people are told. Once for each change and agency.
"""

from sqlalchemy import delete, insert, text

from app.delegation import coverage, coverage_up
from app.delegation.emptied import end_emptied
from app.delegation.models import CoverageBelow
from app.delegation.routing import collect
from app.holidays.service import hand_down_all
from app.notices.service import To, tell
from tenants.agency.changes import AgencyChange, AgencyTurn, untold
from tenants.agency.tree import parent_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.scope import current_scope

READERS = To(("director", "reviewer", "exchange_operator"))

# The letter is locked, so that nobody seals it while its households leave it.
_HOLD = text("""
SELECT l.id FROM letter_out l
WHERE l.state = 'prepared' AND l.kind = 'entrust' AND l.parent_id <> :parent
ORDER BY l.id FOR UPDATE
""")
_RELEASE = text("""
UPDATE ask SET letter_id = NULL WHERE letter_id = ANY(:letters) AND is_open RETURNING case_id
""")


def turn_due() -> None:
    """Carry out this agency's part of every change whose day has come. Idempotent."""
    own, day = current_scope().agency_id, business_date()
    for change in untold(own, day):
        if change.kind == "move":
            _turn_move(change, own)
        tell("map.in_force", READERS, object_id=change.id, number=change.document)
        db.session.execute(insert(AgencyTurn).values(change_id=change.id, turned_on=day).inline())


def _turn_move(change: AgencyChange, own: int) -> None:
    if own == change.agency_id:
        address_anew()
        coverage_up.tell_above()
    elif own == change.after_id:
        coverage.announce()
        hand_down_all()
    else:
        here = CoverageBelow.child_id == change.agency_id
        db.session.execute(delete(CoverageBelow).where(here))
        coverage_up.tell_above()


def address_anew() -> None:
    """Take households out of entrustments that were prepared for a former parent, and put them into
    the letter to the parent of today."""
    parent = parent_of(current_scope().agency_id, business_date())
    if parent is None:
        return
    letters = list(db.session.execute(_HOLD, {"parent": parent.id}).scalars())
    cases = sorted(set(db.session.execute(_RELEASE, {"letters": letters}).scalars()))
    collect(cases)
    end_emptied()
