"""Declared against found: who counts, from when each addend is, and what enters no sum."""

import datetime as dt
from typing import Any

import pytest

from app.findings.comparison import Addend, Compared, Yearly, compare
from app.findings.persons import Person, Told, reason_not_counted
from app.report.comparing import comparison_line, uncounted_words
from tenants.catalogue import MeasureName, Per, catalogue
from tenants.rulebook import Limits, Scheme, SubjectRole, Uncounted, Value, rulebook

DAY = dt.date(2026, 11, 10)
LIMITS = Limits(Scheme.SUBSISTENCE, 220182, 65_000, 2_000_000, 1, 0, 0)
LAW = rulebook(22).uncounted.value
PENSION = {"benefit_status": "1", "benefit_amount": 118_00}
NO_LAW = Uncounted(frozenset(), frozenset(), departed=False)


def person(name: str, told: dict[int, list[Told]] | None = None, **given: Any) -> Person:
    declared = {"monthly_income_fen": 0, "deposits_fen": 0}
    return Person(name, given.pop("role", "member"), declared, told or {}, **given)


def told(source: str = "", left_out: int = 0, **fields: Any) -> Told:
    return Told(fields, source, DAY, 0, left_out)


def row(measure: MeasureName, *people: Person) -> Compared:
    return {each.measure: each for each in compare(people, LIMITS, catalogue())}[measure]


def words(measure: MeasureName, *people: Person) -> str:
    line = comparison_line(row(measure, *people), Value(LIMITS))
    return " ".join((line.arithmetic, line.remark, *line.beside))


def test_income_is_divided_by_the_members_who_count_and_by_nobody_else() -> None:
    """高文斌's father has a pension of his own; he is an obligor, so neither adds nor divides."""
    wife = person("宋佳", {501: [Told(PENSION, as_of=DAY)]})
    father = person(
        "高振山", {501: [Told(PENSION, as_of=DAY)]}, role="obligor", uncounted="obligor"
    )
    found = row(MeasureName.MONTHLY_INCOME, person("高文斌"), wife, father)
    assert (found.found, found.persons, found.per_person) == (118_00, 2, 59_00)
    assert uncounted_words([wife, father]) == (
        "高振山不计入家庭人数，其申报和查得情况不并入比对：赡（抚、扶）养义务人，不是共同生活的家庭成员。",
    )


@pytest.mark.parametrize(
    ("role", "relation", "departed", "left_on", "law", "reason"),
    [
        ("member", "10", "", None, LAW, ""),
        ("obligor", "51", "", None, LAW, "obligor"),
        ("member", "51", "died", DAY, LAW, "died"),
        ("member", "22", "", DAY, LAW, "left"),
        ("member", "22", "left", DAY + dt.timedelta(1), LAW, ""),
        ("member", "22", "left", DAY, NO_LAW, ""),
        ("obligor", "51", "", None, NO_LAW, ""),
        ("member", "45", "", None, Uncounted(frozenset(), frozenset({"45"}), True), "relation"),
        ("member", "45", "", None, Uncounted(frozenset({SubjectRole.MEMBER}), frozenset(), True),
         "member"),
    ],
)  # fmt: skip
def test_who_does_not_count_and_why(
    role: str, relation: str, departed: str, left_on: dt.date | None, law: Uncounted, reason: str
) -> None:
    assert reason_not_counted(role, relation, departed, left_on, DAY, law) == reason


def test_every_addend_says_its_month_or_its_day() -> None:
    wages = told(income_kind="1", income_amount=2_100_00, period_ends_on="2026-10-31")
    banks = [told(balance=1_000_00, as_of="2026-10-31"), told(balance=500_00, as_of="2026-10-31"),
             told(balance=20_00, as_of="2026-11-05")]  # fmt: skip
    worker = person("孙立军", {501: [Told(PENSION, as_of=DAY)], 1201: [wages], 1601: banks})
    assert row(MeasureName.MONTHLY_INCOME, worker).addends == (
        Addend("孙立军", 501, 118_00, Per.MONTH, DAY, False),
        Addend("孙立军", 1201, 2_100_00, Per.MONTH, dt.date(2026, 10, 31), True),
    )
    income = words(MeasureName.MONTHLY_INCOME, worker)
    assert "社会保险参保和待遇 118.00 元（月金额，截至 2026-11-10）" in income
    assert "纳税 2,100.00 元（2026 年 10 月）" in income
    deposits = words(MeasureName.DEPOSITS, worker)
    assert (
        "存款 1,500.00 元（截至 2026-10-31） ＋ 孙立军·存款 20.00 元（截至 2026-11-05）" in deposits
    )


def test_a_subsidy_of_the_year_stands_beside_the_months_and_enters_no_sum() -> None:
    """DESIGN §3.8: nothing is averaged over periods; the twelfth is shown with its arithmetic."""
    paid = {"amount": 1_150_00, "paid_on": "2026-06-18"}
    wife = person("刘桂兰", {501: [Told(PENSION, as_of=DAY)],
                          901: [told("农业农村局", **paid), told("农经总站", **paid)]})  # fmt: skip
    income = row(MeasureName.MONTHLY_INCOME, wife)
    assert income.found == 118_00
    assert income.yearly[0] == Yearly("刘桂兰", 901, "农业农村局", 1_150_00, 2026)
    said = words(MeasureName.MONTHLY_INCOME, wife)
    assert said.count("按年发放") == 1, "two sources that say the same are told once"
    assert (
        "另：刘桂兰·惠农补贴 1,150.00 元（2026 年，农业农村局、农经总站）按年发放，折月 1,150.00 ÷ 12 ＝ 95.83 元"
    ) in said
    alone = row(MeasureName.MONTHLY_INCOME, person("刘桂兰", {901: [told("", **paid)]}))
    assert alone.found is None, "a yearly subsidy alone is no monthly income"


def test_what_is_left_out_moves_the_figure_that_stands_and_not_the_one_found() -> None:
    account = told(balance=41_000_00, as_of="2026-10-31", left_out=23_000_00)
    saver = person("吕凤英", {1601: [account]})
    deposits = row(MeasureName.DEPOSITS, saver)
    assert (deposits.found, deposits.left_out, deposits.stands) == (41_000_00, 23_000_00, 18_000_00)
    assert deposits.exceeds_declared
    assert not deposits.exceeds_limit


def test_nothing_found_stands_as_nothing() -> None:
    found = row(MeasureName.DEPOSITS, person("高文斌"))
    assert (found.found, found.stands, found.exceeds_declared) == (None, None, False)
