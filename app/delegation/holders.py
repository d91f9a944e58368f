"""Which agency above has a household: the one that it was entrusted to, whoever is parent today."""

from collections.abc import Iterable

from sqlalchemy import text

from tenants.agency.tree import parent_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.scope import current_scope

# Whatever became of it later: an answer, an objection and a recall go where it went.
_HOLDERS = text("""
SELECT DISTINCT ON (a.case_id) a.case_id, l.parent_id
FROM ask a JOIN letter_out l ON l.agency_id = a.agency_id AND l.id = a.letter_id
WHERE a.case_id = ANY(:cases) AND a.source = 0 AND l.state IN ('sent', 'answered')
ORDER BY a.case_id, l.id DESC
""")


def holders_of(case_ids: Iterable[int]) -> dict[int, int]:
    """Case → the agency that it went up to, for those that did; one statement."""
    rows = db.session.execute(_HOLDERS, {"cases": sorted(set(case_ids))})
    return {row.case_id: row.parent_id for row in rows}


def with_a_former_parent(case_ids: Iterable[int]) -> set[int]:
    """Those of these cases that another agency has than the parent of today: what the new parent
    can check changes nothing for them."""
    parent = parent_of(current_scope().agency_id, business_date())
    own = parent.id if parent else 0
    return {case_id for case_id, holder in holders_of(case_ids).items() if holder != own}
