"""An export of 全国低保系统, as it is read: headings, totals, what a fault holds back."""

import datetime as dt
from collections.abc import Sequence

import pytest

from app.assistance.register.layouts import Found, find
from app.assistance.register.reading import Read, read_rows
from app.assistance.register.rules import (
    Layout,
    Totals,
    differences,
    doubled,
    has_amount,
    kept_schemes,
    stands_against,
    wanted_places,
)
from app.intake.sheet import open_file
from tenants.messages import Fault
from tenants.rulebook import rulebook
from tests.world.exports import export
from tests.world.identity_numbers import id_number, with_wrong_check

TODAY = dt.date(2026, 12, 10)
ZHAO, QIAN, SUN = (
    id_number(220182, dt.date(year, 5, 17), 3, male=True) for year in (1956, 1961, 2014)
)
ZHAOS = ("2201820001", "赵桂兰", ZHAO, "户主", "五棵树镇", 560)
QIANS = [
    ("2201820002", "钱永福", QIAN, "户主", "弓棚镇", "1,030.50"),
    ("2201820002", "钱小雨", SUN, "孙子", "弓棚镇", ""),
]


def read(rows: Sequence[tuple], layout: Layout | None = None, *, pays: bool = True) -> Read:
    opened = open_file(export(rows), "导出.xlsx")
    found = find(opened, lambda _headings: None)
    assert found is not None
    if layout:
        found = Found(found.grid, found.row, found.headings, layout)
    return read_rows(opened, found, TODAY, has_amount=pays)


def told(found: Read) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in found.faults]


def test_the_usual_headings_are_understood_and_totals_left_out() -> None:
    found = read([ZHAOS, *QIANS])
    assert found.totals == Totals(2, 3, 56_000 + 103_050)
    assert found.faults == ()
    assert found.counts_amount
    shown = found.rows.select("name", "amount", "is_head", "is_male", "is_held").rows()
    assert shown == [
        ("赵桂兰", 56_000, True, True, False),
        ("钱永福", 103_050, True, True, False),
        ("钱小雨", 103_050, False, True, False),
    ]
    assert found.rows["born"][2] == dt.date(2014, 5, 17)


def test_headings_that_nobody_explained_are_not_guessed() -> None:
    heads = ("序号", "编码甲", "本人", "号码", "关系", "镇", "钱")
    assert find(open_file(export([ZHAOS], heads), "a.xlsx"), lambda _h: None) is None
    said = Layout({"household_no": 1, "name": 2, "id_number": 3, "amount": 6})
    opened = open_file(export([ZHAOS], heads), "a.xlsx")
    found = find(opened, lambda headings: said if headings[1] == "编码甲" else None)
    assert found is not None
    assert read_rows(opened, found, TODAY, has_amount=True).totals == Totals(1, 1, 56_000)


def test_a_fault_in_a_row_holds_that_household_and_no_other() -> None:
    wrong = (*QIANS[1][:2], with_wrong_check(SUN), *QIANS[1][3:])
    found = read([ZHAOS, QIANS[0], wrong])
    assert told(found) == [(5, "证件号码", "id_number_checksum")]
    assert found.held["name"].to_list() == ["钱永福", "钱小雨"]
    assert found.totals == Totals(2, 3, 159_050)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([ZHAOS, ZHAOS], (4, "证件号码", "register.person_twice")),
        ([("", *ZHAOS[1:])], (3, "户编号", "register.no_household")),
        ([(ZHAOS[0], "", *ZHAOS[2:])], (3, "姓名", "register.no_name")),
        ([(*ZHAOS[:5], "五百六")], (3, "月保障金额", "register.amount_unread")),
        ([(*ZHAOS[:5], "")], (3, "月保障金额", "register.no_amount")),
        ([QIANS[0], (*QIANS[1][:5], 200)], (3, "月保障金额", "register.amounts_vary")),
        ([(*ZHAOS[:2], "", *ZHAOS[3:])], (3, "证件号码", "id_number_missing")),
    ],
)
def test_each_fault_says_row_and_column(rows: list[tuple], fault: tuple[int, str, str]) -> None:
    found = read(rows)
    assert told(found) == [fault]
    assert found.counts_amount is (fault[2] != "register.amount_unread")


def test_amounts_of_persons_are_added_up_when_an_operator_says_so() -> None:
    places = {"household_no": 1, "name": 2, "id_number": 3, "relation": 4, "amount": 6}
    found = read([QIANS[0], (*QIANS[1][:5], 200)], Layout(places, "person"))
    assert found.faults == ()
    assert found.totals == Totals(1, 2, 123_050)


def test_where_nothing_is_paid_no_amount_is_missed() -> None:
    assert read([(*ZHAOS[:5], "")], pays=False).faults == ()


def test_what_cannot_be_read_at_all_is_a_fault_of_the_file() -> None:
    blank = Layout({"household_no": 1, "name": 2, "id_number": 3})
    for rows, code in (
        ([ZHAOS, ("", "某某", "", "", "", "")], "register.hopeless"),
        ([], "register.no_rows"),
    ):
        with pytest.raises(Fault) as caught:
            read(rows, blank)
        assert caught.value.code == code


def test_totals_are_held_against_what_was_told() -> None:
    here = Totals(2, 3, 159_050)
    assert differences(here, here, counts_amount=True) == []
    assert differences(Totals(2, 4, 1), here, counts_amount=True) == [
        ("register.persons_differ", 4, 3),
        ("register.amount_differs", 1, 159_050),
    ]
    assert differences(Totals(1, 3, 1), here, counts_amount=False) == [
        ("register.households_differ", 1, 2)
    ]


def test_a_later_export_stands_against_a_decision_and_never_another_decision() -> None:
    day, later = dt.date(2026, 12, 3), dt.date(2026, 12, 8)
    assert stands_against(later, "load", day)
    assert not stands_against(day, "load", day)
    assert not stands_against(later, "decision", day)


def test_a_single_payment_makes_nobody_a_recipient() -> None:
    law = rulebook(22)
    assert "temporary" not in kept_schemes(law)
    assert {"subsistence", "extreme_hardship", "low_income"} <= set(kept_schemes(law))
    assert (has_amount(law, "subsistence"), has_amount(law, "low_income")) == (True, False)


def test_what_a_form_says_of_the_columns() -> None:
    assert wanted_places({"name": "1", "id_number": "9", "amount": "x"}, 3) == {"name": 1}
    assert doubled({"name": 1, "id_number": 1}, ("name", "id_number")) == {"id_number": "name"}
