"""A name put right under the right number, here and at every tier that asks about the person.

What was answered under the number stays: the number tells people apart (GB 11643), and what a unit
found belongs to it. "No record" and "unable" may come from the name alone; they are asked anew by
whoever puts the name right.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, text

from app.cases.models import Case, Subject
from app.delegation.letters import send_up
from tenants.agency.tree import agency
from tenants.database import any_of, db
from tenants.vault import vault

_WENT_UP = text("""
SELECT DISTINCT a.case_id, a.subject_id, l.parent_id, l.period
FROM ask a JOIN letter_out l ON l.agency_id = a.agency_id AND l.id = a.letter_id
WHERE a.subject_id = ANY(:subjects) AND a.source = 0 AND l.state IN ('sent', 'answered')
ORDER BY 1, 2
""")


def rename(names: Mapping[int, str]) -> list[int]:
    """Seal these people (subject → name) anew; the head's name stands for the household. Their
    cases."""
    keys = vault()
    rows = db.session.execute(
        select(Subject, Case)
        .join(Case, (Case.agency_id == Subject.agency_id) & (Case.id == Subject.case_id))
        .where(Subject.id == any_of(sorted(names)))
    ).all()
    for subject, case in rows:
        name = names[subject.id]
        opened = keys.open("subject", subject.id, subject.sealed)
        head = keys.open("household_case", case.id, case.head_sealed)
        if head["name"] == opened["name"]:
            case.head_sealed = keys.seal("household_case", case.id, head | {"name": name})
        subject.sealed = keys.seal("subject", subject.id, opened | {"name": name})
        subject.name_hash = keys.look_up(name)
    db.session.flush()
    return sorted({case.id for _, case in rows})


def tell_renamed(names: Mapping[int, str]) -> None:
    """Tell the parent of those among them who went up, by a supplement that asks nothing."""
    letters: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in db.session.execute(_WENT_UP, {"subjects": sorted(names)}):
        line = {"case": row.case_id, "subject": row.subject_id, "name": names[row.subject_id]}
        letters.setdefault((row.parent_id, row.period), []).append(line)
    for (parent_id, period), lines in letters.items():
        content = {"cases": [], "renamed": lines}
        send_up(agency(parent_id), "supplement", uuid.uuid4(), content, period=period)
