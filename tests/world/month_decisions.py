"""What the departments decided on the month's households: some one by one, most as a file."""

import datetime as dt
import io
from collections import Counter
from collections.abc import Sequence

import xlsxwriter
from sqlalchemy import select

from app.cases.models import Case
from app.decisions import filing, names
from app.decisions.rules import Entry
from app.decisions.service import decide, standings
from app.matters.models import Matter
from tenants.database import db
from tenants.rulebook import AmountKind
from tests.world.month import Counts, Month, at_work

HEADINGS = tuple(names.HEADINGS.values())
AMOUNTS = {AmountKind.MONTHLY: 56_000, AmountKind.ONCE: 200_000, AmountKind.NONE: None}
STILL_OPEN = "申请人住院，待出院后补充材料"


def filled(*rows: Sequence[object], heads: Sequence[str] = HEADINGS) -> bytes:
    """A sheet of decisions as somebody fills it in; days stay days."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("审批情况")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for line, cells in enumerate((heads, *rows)):
            for place, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    page.write_datetime(line, place, dt.datetime.combine(cell, dt.time()), day)
                else:
                    page.write(line, place, cell)
    return buffer.getvalue()


def report_decisions(month: Month) -> Counts:
    """Each department reports the first household on its page and the others as a file; the last
    one is still open. Who had to explain something is refused."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        (clerk,) = month.world.people_of(agency.region_name, "department_clerk")
        with at_work(clerk) as actor:
            cases = list(
                db.session.scalars(select(Case).where(Case.state == "reported").order_by(Case.id))
            )
            if not cases:
                continue
            entries = _entries(cases, month.day)
            first, *others = cases
            counts["by_page"] += len(decide(first.id, entries[first.id], actor).done)
            if others:
                sheet = filled(*(_row(case, entries[case.id]) for case in others))
                taken = filing.take_file(sheet, names.TEMPLATE, actor)
                if taken.faults:
                    raise RuntimeError(f"not taken: {[str(fault) for fault in taken.faults[:5]]}")
                counts["by_file"] += len(taken.done)
    month.work()
    return counts


def _entries(cases: Sequence[Case], day: dt.date) -> dict[int, Entry]:
    against = set(db.session.scalars(select(Matter.case_id).where(Matter.state == "signed")))
    known = standings([case.id for case in cases])
    found = {}
    for case in cases:
        amount = known[case.id].known.amount
        fen = AMOUNTS[amount]
        first = 0 if amount is AmountKind.ONCE else day.year * 100 + day.month
        is_refused = case.id in against
        found[case.id] = Entry("refused", day) if is_refused else Entry("granted", day, fen, first)
    if len(cases) > 1:
        others = [case for case in cases if case.scheme != "subsistence"]
        found[(others or cases)[-1].id] = Entry("open", reason=STILL_OPEN)
    return found


def _row(case: Case, entry: Entry) -> tuple[object, ...]:
    amount = "" if entry.amount_fen is None else entry.amount_fen / 100
    period = f"{entry.from_period // 100}-{entry.from_period % 100:02}" if entry.from_period else ""
    told = names.OUTCOMES[entry.outcome], entry.decided_on or "", amount, period, entry.reason
    return case.number, "", "", *told
