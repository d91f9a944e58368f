"""What of a letter with reports still counts here when it is taken in."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.cases.models import Case
from app.report.models import Report
from tenants.database import any_of, db
from tenants.numbers import order_of


def wanted(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the households whose application was withdrawn meanwhile."""
    rows = select(Case.id).where(
        Case.id == any_of([entry["ref"] for entry in entries]), Case.state != "withdrawn"
    )
    here = set(db.session.scalars(rows))
    return [entry for entry in entries if entry["ref"] in here]


def not_overtaken(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the reports of which a newer version came first: it says all that they said."""
    rows = db.session.execute(
        select(Report.case_id, Report.by_agency_id, Report.number).where(
            Report.case_id == any_of([entry["ref"] for entry in entries]),
            Report.kind == "upper",
            Report.state == "issued",
            Report.supplemented_by == "",
        )
    )
    newest = {(case_id, by): order_of(number) for case_id, by, number in rows}
    return [
        entry
        for entry in entries
        if not entry["reports"]
        or any(
            order_of(r["number"]) > newest.get((entry["ref"], r["by"]), ())
            for r in entry["reports"]
        )
    ]
