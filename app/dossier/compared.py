"""Declared against found as it stands now, in the same words as in the report."""

import datetime as dt
from dataclasses import dataclass

from app.cases.models import Case
from app.cases.transitions import HANDED_OVER
from app.findings.comparison import compare
from app.findings.people import people_in
from app.matters.excluding import left_out
from app.matters.telling import exclusions_of
from app.report.comparing import comparison_line, uncounted_words
from app.report.explaining import excluded_words, relation_remarks
from app.report.limited import limit_remarks
from app.report.paper.content import ComparisonLine
from tenants.catalogue import catalogue
from tenants.rulebook import rulebook
from tenants.scope import current_scope


@dataclass(frozen=True)
class ComparedNow:
    """The rows of the comparison, and the remarks on who does not count and on relations."""

    lines: tuple[ComparisonLine, ...] = ()
    remarks: tuple[str, ...] = ()


def compared_now(case: Case, today: dt.date) -> ComparedNow:
    """The comparison of a case that a unit entrusted here; nothing for one from below, whose
    declarations stay with the agency that sent it."""
    if case.origin != "unit" or case.state not in ("checking", *HANDED_OVER):
        return ComparedNow()
    law = rulebook(current_scope().agency_id // 10_000)
    limits = law.limits_for(case.scheme, case.region)
    taken = left_out([case.id])
    people = people_in([case.id], taken, law.uncounted.value, today).get(case.id, ())
    exclusions = exclusions_of([case.id]).get(case.id, ()) if taken else ()
    return ComparedNow(
        lines=tuple(
            comparison_line(row, limits, excluded_words(row, people, exclusions))
            for row in compare(people, limits.value, catalogue())
        ),
        remarks=(
            *uncounted_words(people),
            *limit_remarks(people),
            *relation_remarks(people),
        ),
    )
