"""Rows → the paper of a periodic check's batch."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from app.assistance.periodic.comparing import Difference, differences
from app.assistance.periodic.messages import DIRECTIONS, MEASURES
from app.assistance.periodic.models import PeriodicCase
from app.assistance.periodic.queries import batch
from app.assistance.periodic.rules import MeasureChange
from app.cases.queries import unit_names
from app.intake.ticking import incomplete
from app.intake.wording import title
from app.prints.papers.periodic_summary import (
    Checked,
    PeriodicBatchTold,
    compose_periodic_summary,
)
from app.prints.periodic_messages import say
from app.report.paper.blocks import Draft
from app.web.formats import money, month, number
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import any_of, db


def cases_of_batch(batch_id: int) -> tuple[int, ...]:
    """The cases of a batch, by id; ``LookupError`` when this scope has none such."""
    of_batch = PeriodicCase.batch_id == batch(batch_id).id
    query = select(PeriodicCase.case_id).where(of_batch).order_by(PeriodicCase.case_id)
    return tuple(db.session.scalars(query))


def draft_of(case_ids: Sequence[int]) -> Draft:
    """定期核查汇总表 of the batch that these cases are; a fixed number of statements."""
    query = select(PeriodicCase).where(PeriodicCase.case_id == any_of(case_ids))
    rows = list(db.session.scalars(query.order_by(PeriodicCase.case_id)))
    found = differences(rows)
    unticked = incomplete([row.case_id for row in rows if row.is_sampled])
    return compose_periodic_summary(
        _told(rows[0].batch_id, found),
        [_checked(one, one.household.id in unticked) for one in found],
        business_date(),
    )


def _told(batch_id: int, found: Sequence[Difference]) -> PeriodicBatchTold:
    row, units = batch(batch_id), unit_names()
    counted = Counter(_attention(one) for one in found)
    return PeriodicBatchTold(
        agency=agency(row.agency_id).name,
        department=units.get(row.unit_id, ""),
        period=month(row.period),
        scheme=title("scheme", row.scheme),
        place=units.get(row.of_desk) or say("print.periodic.everywhere"),
        households=row.households,
        left_out=row.left_out,
        sample=row.sample_size,
        percent=row.sample_percent,
        seed=row.seed,
        directions=tuple(counted.items()),
    )


def _checked(one: Difference, is_open: bool) -> Checked:
    drawn = say("print.periodic.drawn_open" if is_open else "print.periodic.drawn")
    return Checked(
        head=one.household.head,
        number=one.household.title,
        papers=drawn if one.is_sampled else say("print.blank"),
        changes=tuple(_change(row) for row in one.telling),
        attention=_attention(one),
    )


def _attention(one: Difference) -> str:
    return DIRECTIONS[one.direction][0] if one.is_known else say("print.periodic.no_result")


def _change(row: MeasureChange) -> str:
    told = {"measure": MEASURES[row.measure], "before": _figure(row, row.before)}
    told |= {"now": _figure(row, row.now)}
    if row.limit is None:
        return say("print.periodic.change", **told)
    over = say("print.periodic.over") if row.is_over else ""
    return say("print.periodic.change_limit", **told, limit=_figure(row, row.limit), over=over)


def _figure(row: MeasureChange, value: int | None) -> str:
    if value is None:
        return say("print.periodic.nothing")
    return money(value) if row.is_money else number(value)
