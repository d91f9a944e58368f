"""Children born into households that are under way: they wait for the check (追加与更正)."""

import datetime as dt
from collections import Counter

from sqlalchemy import select

from app.cases.models import Case
from app.changes import additions
from app.changes.additions import Paper
from tenants.database import db
from tests.world.identity_numbers import id_number
from tests.world.lists import word
from tests.world.month import Counts, Month, at_work, done
from tests.world.plan import AgencyPlan

_BABY, _FATHER = 495, 496


def add_newborns(month: Month) -> Counts:
    """The department of each county records one birth, for a household that is being checked."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        (clerk,) = month.world.people_of(agency.region_name, "department_clerk")
        born = month.day - dt.timedelta(days=5)
        with at_work(clerk) as actor:
            cases = select(Case.id).where(Case.state.in_(("accepted", "checking")))
            case_id = db.session.scalars(cases.order_by(Case.id).limit(1)).one_or_none()
            if case_id is not None:
                typed = _newborn(agency, born, month.day)
                paper = Paper(born, "birth")
                counts["added"] += done(additions.add_member(case_id, typed, actor, paper))
    month.work()
    return counts


def _newborn(agency: AgencyPlan, born: dt.date, day: dt.date) -> dict[str, str]:
    """What the clerk types, in the words of the list."""
    return {
        "relation": "长女",
        "name": "安宁",
        "id_type": word("id_type", "resident_id"),
        "id_number": id_number(agency.id, born, _BABY, male=False),
        "subject_role": word("subject_role", "member"),
        "consent": word("consent", "authorised"),
        "authorised_on": day.isoformat(),
        "authorisation_expires_on": (day + dt.timedelta(days=180)).isoformat(),
        "guardian_name": "安国",
        "guardian_relation": "父亲",
        "guardian_id_number": id_number(agency.id, dt.date(1990, 1, 1), _FATHER, male=True),
    }
