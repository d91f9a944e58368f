"""What an agency does once the day of a change has come: letters that have not left are addressed
anew, what can be checked is told anew, and its people are told. Once for each change and agency.
"""

from sqlalchemy import delete, insert, select, text, update

from app.assistance.outward.holding import let_go
from app.delegation import coverage, coverage_up
from app.delegation.emptied import end_emptied
from app.delegation.models import CoverageBelow
from app.delegation.routing import collect
from app.holidays.service import hand_down_all
from app.notices.service import To, tell
from tenants.agency.changes import AgencyChange, AgencyTurn, untold
from tenants.agency.models import Agency, Unit
from tenants.agency.tree import parent_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.provisioning import add_unit
from tenants.scope import acting_for, current_scope

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
        _TURNS[change.kind](change, own)
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
        let_go()
        coverage_up.tell_above()


def _turn_rename(change: AgencyChange, own: int) -> None:
    """The directory is the registrar's: its old name stays with the change."""
    names = {"name": change.new_name, "short_name": change.new_short_name}
    names |= {"region_name": change.new_region_name}
    with acting_for(own, "registrar"):
        db.session.execute(update(Agency).where(Agency.id == own).values(names))


def _turn_merge(change: AgencyChange, own: int) -> None:
    """The successor knows the departments and desks by name; nothing else goes over."""
    if own != change.agency_id:
        return
    units = list(db.session.scalars(select(Unit).where(Unit.kind != "sharing").order_by(Unit.id)))
    with acting_for(change.after_id, "registrar"):
        known = {row.name: row.id for row in db.session.scalars(select(Unit))}
        for unit in sorted(units, key=lambda unit: unit.kind != "commissioning"):
            if unit.name not in known:
                above = next((u.name for u in units if u.id == unit.department_id), "")
                department = known[above] if above else None
                known[unit.name] = add_unit(unit.kind, unit.name, department_id=department)


_TURNS = {"move": _turn_move, "rename": _turn_rename, "merge": _turn_merge}


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
