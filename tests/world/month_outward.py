"""The lists that leave: each county's recipients go up, the province tells platform and 人社厅."""

from collections import Counter
from collections.abc import Callable

from sqlalchemy import select

from app.accounts.actor import Actor
from app.assistance.outward import making, queries, service
from app.assistance.outward.models import OutwardList
from tenants.database import db
from tenants.scope import acting_for
from tests.world.month import Counts, Month
from tests.world.plan import AgencyPlan

SILENT = "双阳区"
"""Whose list of the last day does not come: 各级核对 shows it until it does."""


def tell_recipients(month: Month) -> Counts:
    """The first lists name everybody."""
    return _tell(month, frozenset())


def tell_recipients_again(month: Month) -> Counts:
    """The next day's say what is different; those of the first days have left by now."""
    counts = _tell(month, frozenset())
    for tier in ("province", "city", "county"):
        for agency in month.agencies(tier):
            counts.update(_send(month, agency))
    return counts


def tell_recipients_late(month: Month) -> Counts:
    """One county is not heard of; what was sent last waits for its receipt."""
    return _tell(month, frozenset({SILENT}))


def _tell(month: Month, silent: frozenset[str]) -> Counts:
    counts: Counts = Counter()
    for tier in ("county", "city", "province"):
        for agency in month.agencies(tier):
            if agency.region_name not in silent:
                with acting_for(agency.id):
                    making.make_due()
        month.work()
    for agency in month.world.agencies.values():
        with acting_for(agency.id, read_only=True):
            query = select(OutwardList).where(OutwardList.made_on == month.day)
            for row in db.session.scalars(query):
                counts[row.flow] += 1
                counts["different"] += row.added + row.changed + row.ended
            counts["gaps"] += queries.open_gaps(queries.tiers())
    return counts


def _send(month: Month, agency: AgencyPlan) -> Counts:
    """Whatever waits is confirmed and sent by two operators; the platform holds one less, which is
    explained, human resources all of them."""
    counts: Counts = Counter()
    operators = month.world.people_of(agency.region_name, "exchange_operator")
    with acting_for(agency.id):
        query = select(OutwardList.id).where(
            OutwardList.confirmed_at.is_(None), OutwardList.ended_why == ""
        )
        waiting = list(db.session.scalars(query.order_by(OutwardList.id)))
    for list_id in waiting:
        one, other = (person.actor for person in operators[:2])
        with acting_for(agency.id):
            _leave(month, list_id, one, other)
            counts["sent"] += 1
    month.work()
    return counts


def _leave(month: Month, list_id: int, one: Actor, other: Actor) -> None:
    row = service.list_of(list_id)
    to_platform = row.flow == "platform"
    service.confirm(list_id, one)
    service.send(list_id, "共享平台上传" if to_platform else "加密光盘", month.day, other)
    receipt, less = ("PT-20261210-0031", 1) if to_platform else ("人社回执〔2026〕18号", 0)
    service.receive(list_id, receipt, row.total - less, other)
    if to_platform:
        service.explain(list_id, "平台校验一人证件号码未通过，已告知县级更正，次日补传。", one)


STEPS: dict[str, Callable[[Month], Counts]] = {
    "tell_recipients": tell_recipients,
    "tell_recipients_again": tell_recipients_again,
    "tell_recipients_late": tell_recipients_late,
}
