"""The lists that leave: each county's recipients go up, the province tells platform and 人社厅, and
answers letters of 人社厅."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator

from sqlalchemy import select

from app.accounts.actor import Actor
from app.assistance.answering import service as answering
from app.assistance.answering.queries import lines_of, open_letters, units
from app.assistance.answering.rules import Asked
from app.assistance.outward import making, queries, service
from app.assistance.outward.models import OutwardList
from tenants.calendar import business_date
from tenants.database import db
from tenants.scope import acting_for
from tests.world.identity_numbers import id_number
from tests.world.month import Counts, Month
from tests.world.plan import AgencyPlan

ASKED = (("郑玉芬", 1951), ("罗王氏", 1953), ("唐桂英", 1958))
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


def answer_letters(month: Month) -> Counts:
    """人社厅 has asked by two letters: one is answered in time, the other one is drafted."""
    counts: Counts = Counter()
    for agency, unit_id, one, other in _asked(month):
        first = _letter(month, agency, unit_id, 31, month.day - dt.timedelta(days=5))
        second = _letter(month, agency, unit_id, 32, month.day - dt.timedelta(days=5))
        with acting_for(agency.id):
            for letter in (first, second):
                inquiry_id = answering.enter(letter, one)
                answering.answer(inquiry_id, _by_hand(inquiry_id), one)
                answering.draft(inquiry_id, one)
                counts["letters"] += 1
                if letter is first:
                    answering.confirm(inquiry_id, other)
                    answering.hand_over(inquiry_id, "加密光盘", month.day, other)
                    counts["answered"] += 1
    return counts


def answer_letters_late(month: Month) -> Counts:
    """The second one leaves after its day; a third one came and is looked up."""
    counts: Counts = Counter()
    for agency, unit_id, one, other in _asked(month):
        third = _letter(month, agency, unit_id, 35, month.day - dt.timedelta(days=1))
        with acting_for(agency.id):
            for row in open_letters():
                answering.confirm(row.id, other)
                answering.hand_over(row.id, "加密光盘", month.day, one)
                counts["late"] += row.is_late(month.day)
            answering.enter(third, one)
            counts["letters"] += 1
    return counts


def _asked(month: Month) -> Iterator[tuple[AgencyPlan, int, Actor, Actor]]:
    """The province with its unit of human resources and two operators."""
    agency = month.world.agency("吉林省")
    operators = month.world.people_of(agency.region_name, "exchange_operator")
    with acting_for(agency.id, read_only=True):
        unit_id = units()[0][0]
    yield agency, unit_id, operators[0].actor, operators[1].actor


def _letter(
    month: Month, agency: AgencyPlan, unit_id: int, number: int, received_on: dt.date
) -> answering.NewInquiry:
    """A letter about three people, of whom the last gave no authorisation."""
    signed = (received_on, received_on, None)
    return answering.NewInquiry(
        unit_id=unit_id,
        letter_number=f"吉人社函〔2026〕{number}号",
        letter_on=received_on,
        received_on=received_on,
        purpose="核验遗属待遇和丧葬补助领取资格",
        items=(105, 107),
        people=tuple(
            Asked(name, id_number(220182, dt.date(year, 3, 12), 70 + place, male=False), on)
            for place, ((name, year), on) in enumerate(zip(ASKED, signed, strict=True))
        ),
        scan=b"%PDF-1.4\n",
    )


def _by_hand(inquiry_id: int) -> list[answering.Said]:
    """What the operator found in the systems of marriages and funerals."""
    said = []
    for line in lines_of(inquiry_id):
        if line.by_hand:
            is_hit = line.item == 105 and line.line == 1
            words = "婚姻状况：结婚；登记日期：1979-05-02" if is_hit else ""
            source = "全国婚姻登记系统" if line.item == 105 else "省殡葬管理系统"
            outcome = "hit" if is_hit else "no_record"
            found = answering.Said(line.line, line.item, outcome, words, source, business_date())
            said.append(found)
    return said


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
            counts["gaps"] += queries.open_gaps()
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
    "answer_letters": answer_letters,
    "answer_letters_late": answer_letters_late,
}
