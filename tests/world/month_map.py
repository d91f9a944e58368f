"""公主岭市 comes from 四平市 to 长春市 with the new month: its reports of either month prove it.

The tests' smaller province has no 公主岭市; nothing happens there.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable

from sqlalchemy import select

from app.cases.models import Case
from app.map_changes import service
from app.map_changes.rules import Approval
from app.map_changes.turning import turn_due
from app.report.models import Report
from tenants.agency.tree import children_of
from tenants.database import db
from tenants.scope import acting_for
from tests.world.month import Counts, Month

COUNTY, BEFORE, AFTER, PROVINCE = "公主岭市", "四平市", "长春市", "吉林省"
DOCUMENT, DATED, SINCE = "吉政函〔2026〕61号", dt.date(2026, 11, 20), dt.date(2026, 12, 3)


def agree_on_move(month: Month) -> Counts:
    """The province's system administrator records the approval, its security administrator
    confirms."""
    if COUNTY not in month.world.agencies:
        return Counter()
    province = month.world.agency(PROVINCE)
    county, after = month.world.agency(COUNTY), month.world.agency(AFTER)
    approval = Approval(DOCUMENT, DATED, SINCE)
    recorder = month.one(province, "system_administrator")
    change = service.record_move(county.id, after.id, approval, recorder)
    service.confirm(change, month.one(province, "security_administrator"))
    return Counter(confirmed=1)


def turn_map(month: Month) -> Counts:
    """The day has come: the three agencies do their part, as the worker's round would."""
    counts: Counts = Counter()
    if COUNTY not in month.world.agencies:
        return counts
    for name in (COUNTY, BEFORE, AFTER):
        with acting_for(month.world.agency(name).id):
            turn_due()
    month.work()
    for name in (BEFORE, AFTER):
        id_ = month.world.agency(name).id
        with acting_for(id_, read_only=True):
            below = {child.id for child in children_of(id_, month.day)}
        counts[f"below_{id_}"] = len(below)
    return counts


def prove_move(month: Month) -> Counts:
    """November's reports from above are 四平's, December's 长春's; each tier has its own month."""
    if COUNTY not in month.world.agencies:
        return Counter()
    before, after = month.world.agency(BEFORE).id, month.world.agency(AFTER).id
    county = month.world.agency(COUNTY).id
    with acting_for(county, read_only=True):
        rows = select(Case.period, Report.by_agency_id).join(
            Case, (Case.agency_id == Report.agency_id) & (Case.id == Report.case_id)
        )
        issued = {(period, by) for period, by in db.session.execute(rows).tuples()}
    seen: set[tuple[int, int]] = set()
    for city in (before, after):
        with acting_for(city, read_only=True):
            periods = select(Case.period).where(Case.from_agency_id == county).distinct()
            seen |= {(period, city) for period in db.session.scalars(periods)}
    expected = {(202611, before), (202612, after)}
    told = {(period, by) for period, by in issued if by in (before, after)}
    if not told == seen == expected:
        raise RuntimeError(f"moved county: reports {told}, cases {seen}")
    return Counter(proved=len(expected))


STEPS: dict[str, Callable[[Month], Counts]] = {
    "agree_on_move": agree_on_move,
    "turn_map": turn_map,
    "prove_move": prove_move,
}
