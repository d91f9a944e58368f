"""定期核查: the sample, and what changed since the last check, in both directions."""

import datetime as dt
from typing import Any

import pytest

from app.assistance.periodic.rules import (
    direction,
    draw,
    holds_until,
    item_changes,
    measure_changes,
    sample_size,
)
from app.findings.comparison import compare
from app.findings.persons import Person, Told
from app.prints.papers.periodic_summary import (
    Checked,
    PeriodicBatchTold,
    compose_periodic_summary,
)
from app.report.paper.paging import paginate
from tenants.catalogue import MeasureName, catalogue
from tenants.rulebook import Limits, Scheme
from tests.rules.print_desk import COUNTY, DEPARTMENT, DESK, LONG, text_of

DAY = dt.date(2026, 12, 14)
LIMITS = Limits(Scheme.SUBSISTENCE, 220182, 65_000, 2_000_000, 1, 0, 0)
PENSION = 501


def pension(fen: int) -> dict[int, list[Told]]:
    return {PENSION: [Told({"benefit_status": "1", "benefit_amount": fen}, as_of=DAY)]}


def person(told: dict[int, list[Told]] | None = None, number: str = "1") -> Person:
    return Person("高文斌", "member", {}, told or {}, id_number=number)


def between(before: dict[int, list[Told]], now: dict[int, list[Told]]) -> Any:
    was, here = ([person(told)] for told in (before, now))
    known = catalogue()
    return measure_changes(compare(was, LIMITS, known), compare(here, LIMITS, known))


@pytest.mark.parametrize(
    ("before", "now", "tendency", "shown"),
    [
        (40_000, 70_000, "more", "over"),
        (70_000, 70_000, "same", "over"),
        (70_000, 30_000, "less", "help"),
        (40_000, 30_000, "less", "help"),
        (30_000, 40_000, "more", "same"),
        (40_000, 40_000, "same", "same"),
        (40_000, None, "less", "help"),
        (None, None, "same", "same"),
    ],
)
def test_both_directions_are_shown(
    before: int | None, now: int | None, tendency: str, shown: str
) -> None:
    was, here = ({} if fen is None else pension(fen) for fen in (before, now))
    changes = between(was, here)
    (income,) = (row for row in changes if row.measure is MeasureName.MONTHLY_INCOME)
    assert (income.before, income.now, income.limit) == (before, now, 65_000)
    assert income.tendency == tendency
    assert direction(changes) == shown


def test_each_record_is_new_gone_or_changed_with_its_amount() -> None:
    house = {601: [Told({"address": "某路1号"}, as_of=DAY)]}
    before, now = [person(pension(40_000) | house)], [person(pension(41_000), "1")]
    shown = [
        (c.item, c.kind, c.before, c.now, c.is_money)
        for c in item_changes(before, now, catalogue())
    ]
    assert shown == [(PENSION, "changed", 40_000, 41_000, True), (601, "gone", 1, 0, False)]
    assert item_changes(now, now, catalogue()) == ()
    (found,) = item_changes([], [person(pension(1_000), "2")], catalogue())
    assert (found.kind, found.now) == ("new", 1_000)


def test_the_sample_can_be_drawn_again() -> None:
    ids = list(range(1, 101))
    first = draw("a1", ids, 10)
    assert len(first) == 10
    assert first == draw("a1", list(reversed(ids)), 10)
    assert first != draw("a2", ids, 10)
    assert [sample_size(n, 10) for n in (0, 1, 9, 10, 11, 100)] == [0, 1, 1, 1, 2, 10]


def test_an_authorisation_must_last_until_the_report() -> None:
    needed = dt.date(2026, 12, 27)
    assert holds_until(needed, needed)
    assert not holds_until(dt.date(2026, 12, 26), needed)
    assert not holds_until(None, needed)


def test_the_summary_of_a_batch_tells_both_directions_and_judges_nobody() -> None:
    told = PeriodicBatchTold(
        COUNTY, DEPARTMENT, "2026 年 12 月", "最低生活保障", DESK, 2, 1, 1, 10, "a1",
        (("超过限额，可能不再符合", 1), ("查得减少，可能可以获得更多救助", 1)),
    )  # fmt: skip
    rows = [
        Checked(
            "王秀英", "榆核 2026-12-000031", "抽查", ("存款（元/人）：750.00 → 23,250.00",), ""
        ),
        Checked(LONG, "榆核 2026-12-000032", "—", (), "查得减少，可能可以获得更多救助"),
    ]
    said = text_of(compose_periodic_summary(told, rows, DAY))
    for words in ("定期核查汇总表", "种子 a1", "23,250.00", "超过限额不等于不符合条件"):
        assert words in said
    many = compose_periodic_summary(told, rows * 60, DAY)
    assert len(paginate(many).pages) > 1
