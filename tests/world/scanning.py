"""The clerks of some desks scan what their households brought: authorisation and card of each."""

from sqlalchemy import select

from app.accounts.actor import Actor
from app.cases import queries as cases
from app.cases.models import Case
from app.papers import service as papers
from app.papers.queries import places_of
from app.papers.rules import missing_papers
from tenants.database import db
from tests.world.papers import authorisation, id_card

SCANNING_DESKS = ("五棵树镇受理窗口", "弓棚镇受理窗口", "奢岭街道受理窗口")
NEVER_BROUGHT = {("冯德贵", "id_card")}
"""A copy that the desk waited for in vain: the household's file stays incomplete."""


def scan(actor: Actor, *, all_but: int = 0) -> int:
    """Scan what the prepared households of a desk lack, in its own scope; how many sheets.

    ``all_but``: so many of the last ones are left to whoever tries the demonstration.
    """
    prepared = select(Case.id).where(Case.state == "prepared").order_by(Case.id)
    ids = list(db.session.scalars(prepared))
    rows = cases.members(ids, opened_cases=frozenset(ids))
    people = {member.id: member for members in rows.values() for member in members}
    here = [place for places in places_of(ids).values() for place in places]
    missing = [
        (subject_id, kind)
        for subject_id, kind in missing_papers(people, here)
        if (people[subject_id].name, kind) not in NEVER_BROUGHT
    ]
    for subject_id, kind in missing[: len(missing) - all_but]:
        person = people[subject_id]
        sheet = id_card(person.name, person.id_number)
        if kind == "authorisation":
            sheet = authorisation(person.name, person.signed_on.isoformat())
        papers.add_papers(person.case_id, subject_id, kind, [sheet], actor)
    return len(missing) - all_but
