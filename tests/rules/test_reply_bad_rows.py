"""Rows that are wrong: all of them told at once, by sheet, row and column, and nothing is taken."""

from datetime import date
from typing import Any

import pytest

from app.exchange.medium.replies import ReplyLimits
from tenants.catalogue.outcomes import Outcome
from tests.rules.exchange_desk import (
    DEPOSIT,
    DEPOSITS,
    HOUSE,
    HOUSES,
    LINES,
    NOTHING,
    VEHICLES,
    Clerk,
    asked,
    read,
)

Row = tuple[int, int, dict[str, Any]]
LI = {"行号": 2, "姓名": "李建国", "证件号码": "22018219620417123X"}
WANG = {"行号": 1, "姓名": "王秀兰", "证件号码": "220182195803122248"}
YES = {"查询结果": "有记录", "名下是否登记有机动车辆": "是", "数据截至日期": "2024-05-15"}


def house(**changes: Any) -> list[Row]:
    return [(HOUSES, 3, {**HOUSE, **changes})]


def deposit(**changes: Any) -> list[Row]:
    return [(DEPOSITS, 3, {**DEPOSIT, **changes})]


def nothing(**changes: Any) -> list[Row]:
    return [(HOUSES, 3, {**NOTHING, **changes})]


BAD_ROWS: dict[str, tuple[list[Row], str, str, int]] = {
    "a line nobody asked": (nothing(行号=4), "reply_line_not_asked", "行号", 3),
    "a line number in words": (nothing(行号="二"), "reply_line_no", "行号", 3),
    "no line number": (nothing(行号=""), "reply_line_no", "行号", 3),
    "half a line number": (nothing(行号=2.5), "reply_line_no", "行号", 3),
    "somebody else's name": (nothing(姓名="李建军"), "reply_name_differs", "姓名", 3),
    "no name": (nothing(姓名=""), "reply_name_differs", "姓名", 3),
    "another number": (nothing(证件号码="220182196204171272"), "reply_id_differs", "证件号码", 3),
    "the wife's line with the husband's answer": (nothing(行号=1), "reply_name_differs", "姓名", 3),
    "an item not asked of her": (
        [
            (
                DEPOSITS,
                4,
                {"行号": 3, "姓名": LINES[2].name, "证件号码": LINES[2].id_number, **NOTHING},
            )
        ],
        "reply_item_not_asked_of_line",
        "行号",
        4,
    ),
    "an unknown outcome": (nothing(查询结果="查到了"), "reply_outcome_unknown", "查询结果", 3),
    "an outcome as a number": (nothing(查询结果=1), "reply_outcome_unknown", "查询结果", 3),
    "values without outcome": (house(查询结果=""), "reply_outcome_missing", "查询结果", 3),
    "a remark without outcome": (
        [(HOUSES, 3, {"备注": "查无此人"})],
        "reply_outcome_missing",
        "查询结果",
        3,
    ),
    "a hit without values": (
        [(HOUSES, 3, {"查询结果": "有记录", "数据截至日期": "2024-05-15"})],
        "reply_hit_without_values",
        "查询结果",
        3,
    ),
    "a house without its state": (house(权属状态=""), "reply_field_missing", "权属状态", 3),
    "a deposit without balance": (deposit(余额=""), "reply_field_missing", "余额(元)", 3),
    "no record, with a house": (
        house(查询结果="无记录"),
        "reply_values_without_hit",
        "不动产权证号",
        3,
    ),
    "refused, with a house": (
        house(查询结果="拒绝提供"),
        "reply_values_without_hit",
        "不动产权证号",
        3,
    ),
    "no record, with a vehicle": (
        [(VEHICLES, 2, {**YES, "查询结果": "无记录"})],
        "reply_values_without_hit",
        "名下是否登记有机动车辆",
        2,
    ),
    "a hit that says no": (
        [(VEHICLES, 2, {**YES, "名下是否登记有机动车辆": "否"})],
        "reply_all_no",
        "查询结果",
        2,
    ),
    "yes or no, answered maybe": (
        [(VEHICLES, 2, {**YES, "名下是否登记有机动车辆": "可能"})],
        "reply_value_yes_no",
        "名下是否登记有机动车辆",
        2,
    ),
    "yes said twice": (
        [(VEHICLES, 2, YES), (VEHICLES, 3, {**WANG, **YES})],
        "reply_yes_no_twice",
        "查询结果",
        3,
    ),
    "no such day": (house(登记日期="2019-02-30"), "reply_value_date", "登记日期", 3),
    "a year of two digits": (house(登记日期="19-3-1"), "reply_value_date", "登记日期", 3),
    "a date in words": (house(登记日期="去年春天"), "reply_value_date", "登记日期", 3),
    "a month for a date": (house(登记日期="2019-03"), "reply_value_date", "登记日期", 3),
    "money in ten thousands": (deposit(余额="1.2万"), "reply_value_money", "余额(元)", 3),
    "money in words": (deposit(余额="壹万元整"), "reply_value_money", "余额(元)", 3),
    "a third decimal": (deposit(余额=10.125), "reply_value_money", "余额(元)", 3),
    "commas astray": (deposit(余额="1,23.00"), "reply_value_money", "余额(元)", 3),
    "money without end": (deposit(余额="9" * 30), "reply_value_money", "余额(元)", 3),
    "an area with its unit": (
        house(建筑面积="85.6平方米"),
        "reply_value_number",
        "建筑面积(平方米)",
        3,
    ),
    "a code of one's own": (house(用途="别墅"), "reply_value_code", "用途", 3),
    "an account number that lost digits": (
        deposit(账号=6228480402564890018.0),
        "reply_value_text_scientific",
        "账号",
        3,
    ),
    "an account number in scientific notation": (
        deposit(账号="6.22848E+18"),
        "reply_value_text_scientific",
        "账号",
        3,
    ),
    "a novel": (house(坐落="长" * 501), "reply_value_text_long", "坐落", 3),
    "no as-of date": (house(数据截至日期=""), "reply_as_of_missing", "数据截至日期", 3),
    "no record as of when": (nothing(数据截至日期=""), "reply_as_of_missing", "数据截至日期", 3),
    "as of next week": (
        nothing(数据截至日期=date(2024, 5, 21)),
        "reply_as_of_future",
        "数据截至日期",
        3,
    ),
    "as of nothing": (nothing(数据截至日期="近期"), "reply_value_date", "数据截至日期", 3),
    "hit and no record": (
        [(HOUSES, 3, HOUSE), (HOUSES, 5, {**LI, **NOTHING})],
        "reply_outcomes_contradict",
        "查询结果",
        5,
    ),
    "no record and refused": (
        [(HOUSES, 3, NOTHING), (HOUSES, 5, {**LI, "查询结果": "拒绝提供"})],
        "reply_outcomes_contradict",
        "查询结果",
        5,
    ),
}


def answered(*rows: Row) -> Clerk:
    clerk = Clerk()
    for item, number, cells in rows:
        clerk.write(item, number, **cells)
    return clerk


@pytest.mark.parametrize("case", BAD_ROWS)
def test_a_bad_row_is_told_by_its_place(case: str) -> None:
    rows, code, column, number = BAD_ROWS[case]
    reply = read(answered(*rows).save())
    assert not reply.is_accepted
    told = [(fault.code, fault.column.split("：")[1], fault.row) for fault in reply.faults]
    assert (code, column, number) in told
    assert reply.faults[0].values["sheet"].startswith(str(rows[0][0]))
    words = "\n".join(str(fault) for fault in reply.faults)
    assert "{" not in words
    assert not any(one.id_number in words for one in LINES)


@pytest.mark.parametrize("case", BAD_ROWS)
def test_nothing_is_taken_from_a_file_with_a_bad_row(case: str) -> None:
    good = (HOUSES, 4, NOTHING)
    reply = read(answered(good, *BAD_ROWS[case][0]).save())
    assert (reply.answers, reply.records) == ((), ())
    assert reply.reconciliation.answered == 0
    assert len(reply.reconciliation.missing) == 6


def test_all_faults_of_all_rows_are_told_at_once() -> None:
    rows: list[Row] = [
        (HOUSES, 2, {**HOUSE, "建筑面积": "大", "登记日期": "昨天", "数据截至日期": ""}),
        (HOUSES, 3, {**NOTHING, "姓名": "李建军", "证件号码": "1"}),
        (DEPOSITS, 3, {**DEPOSIT, "余额": "很多"}),
    ]
    reply = read(answered(*rows).save())
    assert [(f.row, f.column.split("：")[1]) for f in reply.faults] == [
        (2, "建筑面积(平方米)"),
        (2, "登记日期"),
        (2, "数据截至日期"),
        (3, "姓名"),
        (3, "证件号码"),
        (3, "余额(元)"),
    ]
    assert reply.faults[3].column == "601 不动产登记：姓名"
    assert "李*" in str(reply.faults[3])
    assert "220182********123X" in str(reply.faults[4])


def test_thousands_of_faults_are_counted_and_the_first_listed() -> None:
    rows: list[Row] = [(HOUSES, n, {**NOTHING, "行号": 99}) for n in range(2, 30)]
    reply = read(answered(*rows).save(), limits=ReplyLimits(max_faults=5))
    assert reply.faults_found == 28
    assert len(reply.faults) == 5


@pytest.mark.parametrize("before", [Outcome.HIT, Outcome.UNABLE])
def test_what_was_accepted_cannot_be_said_otherwise_later(before: Outcome) -> None:
    request = asked(answered={(2, HOUSES): before})
    reply = read(answered((HOUSES, 3, HOUSE)).save(), request=request)
    assert [fault.code for fault in reply.faults] == ["reply_answered_before"]
    assert reply.reconciliation.answered == 1
