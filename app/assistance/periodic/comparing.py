"""The last check of a household against this one, read and compared (the agency's own)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.assistance.periodic.models import PeriodicCase
from app.assistance.periodic.rules import (
    ItemChange,
    MeasureChange,
    direction,
    item_changes,
    measure_changes,
)
from app.cases.models import Case
from app.cases.queries import Household, households_by_id
from app.findings.comparison import compare
from app.findings.people import people_in
from app.findings.persons import Person
from app.matters.excluding import left_out
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.database import any_of, db
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope

KNOWN = ("checking", "reported", "closed")


@dataclass(frozen=True)
class Difference:
    """A household of a periodic check against its last one; without findings yet, nothing."""

    household: Household
    former_case: int
    is_sampled: bool
    measures: tuple[MeasureChange, ...] = ()
    items: tuple[ItemChange, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is anything to compare yet."""
        return bool(self.measures)

    @property
    def direction(self) -> str:
        """over, help or same; empty while nothing is known."""
        return direction(self.measures) if self.measures else ""

    @property
    def telling(self) -> tuple[MeasureChange, ...]:
        """The measures worth a line: changed, or over the limit."""
        return tuple(row for row in self.measures if row.is_over or row.tendency != "same")


def differences(rows: Sequence[PeriodicCase]) -> list[Difference]:
    """Each household of these rows against its last check, in a fixed number of statements."""
    ids = [row.case_id for row in rows]
    former = {row.case_id: row.former_case for row in rows}
    cases = {
        case.id: case
        for case in db.session.scalars(
            select(Case).where(Case.id == any_of([*ids, *former.values()]))
        )
    }
    known = [id_ for id_ in ids if cases[id_].state in KNOWN]
    law = rulebook(current_scope().agency_id // 10_000)
    wanted = [*known, *(former[id_] for id_ in known)]
    people = people_in(wanted, left_out(wanted), law.uncounted.value, business_date())
    shown = households_by_id(ids)
    return [
        Difference(
            shown[row.case_id],
            row.former_case,
            row.is_sampled,
            *(_compared(row, cases, people, law) if row.case_id in known else ((), ())),
        )
        for row in rows
    ]


def _compared(
    row: PeriodicCase,
    cases: Mapping[int, Case],
    people: Mapping[int, tuple[Person, ...]],
    law: Rulebook,
) -> tuple[tuple[MeasureChange, ...], tuple[ItemChange, ...]]:
    case = cases[row.case_id]
    limits, known = law.limits_for(case.scheme, case.region).value, catalogue()
    now, before = people.get(row.case_id, ()), people.get(row.former_case, ())
    measures = measure_changes(compare(before, limits, known), compare(now, limits, known))
    return measures, item_changes(before, now, known)
