"""What a department may say of its decision, how a sheet says it, and by when it is due."""

import datetime as dt
import io

import pytest
from python_calamine import CalamineWorkbook

from app.decisions import names
from app.decisions.messages import Fault, say
from app.decisions.rules import Entry, Known, wrong_in
from app.decisions.sheet import month_in, read_sheet, write_sheet
from tenants.calendar import default_calendar
from tenants.rulebook import AmountKind, rulebook
from tests.world.month_decisions import filled

TODAY, REPORTED, DAY = (dt.date(2026, 12, day) for day in (8, 1, 3))
GRANTED = Entry("granted", DAY, 56_000, 202612)
OPEN = Entry("open", reason="申请人外出，待补充材料")


def known(state="reported", lane="regular", amount=AmountKind.MONTHLY, reported_on=REPORTED):
    return Known(state, lane, amount, reported_on)


@pytest.mark.parametrize(
    ("entry", "case", "code"),
    [
        (GRANTED, known(), None),
        (GRANTED, known("closed"), None),
        (Entry("refused", DAY), known(), None),
        (Entry("stopped", DAY, None, 202701), known(), None),
        (OPEN, known(), None),
        (Entry("granted", DAY, 200_000), known(amount=AmountKind.ONCE), None),
        (Entry("granted", DAY, None, 202612), known(amount=AmountKind.NONE), None),
        (Entry("granted", dt.date(2026, 11, 2), 1, 202611), known(lane="expedited"), None),
        (GRANTED, known(reported_on=None), "decision.not_reported"),
        (GRANTED, known("checking"), "decision.not_reported"),
        (Entry("maybe", DAY), known(), "decision.outcome"),
        (OPEN, known("closed"), "decision.closed"),
        (Entry("open", DAY, reason="待议"), known(), "decision.open_blank"),
        (Entry("open", reason="议"), known(), "decision.reason"),
        (Entry("refused", DAY, reason="待议"), known(), "decision.reason_unasked"),
        (Entry("refused"), known(), "decision.no_day"),
        (Entry("refused", TODAY + dt.timedelta(1)), known(), "decision.day_to_come"),
        (Entry("refused", dt.date(2026, 11, 30)), known(), "decision.day_before_report"),
        (Entry("refused", DAY, 1), known(), "decision.amount_unasked"),
        (Entry("granted", DAY, 1), known(amount=AmountKind.NONE), "decision.amount_unasked"),
        (Entry("granted", DAY), known(), "decision.no_amount.monthly"),
        (Entry("granted", DAY), known(amount=AmountKind.ONCE), "decision.no_amount.once"),
        (Entry("changed", DAY, 0, 202612), known(), "decision.amount_size"),
        (Entry("granted", DAY, 10_000_000, 202612), known(), "decision.amount_size"),
        (Entry("granted", DAY, 1), known(), "decision.no_from"),
        (Entry("stopped", DAY), known(), "decision.no_from"),
        (Entry("granted", DAY, 1, 202801), known(), "decision.from_far"),
        (Entry("refused", DAY, None, 202612), known(), "decision.from_unasked"),
        (Entry("granted", DAY, 1, 202612), known(amount=AmountKind.ONCE), "decision.from_unasked"),
    ],
)
def test_what_may_be_reported_of_a_household(entry, case, code) -> None:
    wrong = wrong_in(entry, case, TODAY)
    assert (wrong.code if wrong else None) == code
    assert wrong is None or say(wrong.code, **wrong.values)


def test_the_tenth_moves_to_the_next_working_day() -> None:
    """10 January 2027 is a Sunday; the 10th of December 2026 a Thursday."""
    calendar, law = default_calendar(), rulebook(22)
    assert law.decisions_by(202611, calendar) == dt.date(2026, 12, 10)
    assert law.decisions_by(202612, calendar) == dt.date(2027, 1, 11)
    for day, overdue in ((10, 202610), (11, 202611)):
        assert law.decisions_overdue(dt.date(2026, 12, day)) == overdue
    for day, overdue in ((11, 202611), (12, 202612)):
        assert law.decisions_overdue(dt.date(2027, 1, day)) == overdue
    assert law.decision_feedback_by.article.endswith("操作规程 四")
    assert rulebook(44).decision_feedback_by.is_ours


@pytest.mark.parametrize(
    ("written", "month"),
    [
        *((text, 202612) for text in ("2026-12", "2026年12月", "202612", "2026/12", "2026.12")),
        ("2026-12-01 00:00:00", 202612),
        *((text, None) for text in ("12月", "2026-13", "下月", "20261")),
    ],
)
def test_a_month_as_people_write_it(written, month) -> None:
    assert month_in(written) == month


def test_the_sheet_comes_back_as_excel_and_wps_save_it() -> None:
    empty = write_sheet(
        [("榆核 2026-11-000001", "孙*军", "低保"), ("榆核 2026-11-000002", "李*", "低保")]
    )
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(empty)).get_sheet_by_index(0).to_python()
    assert sheet[0] == list(names.HEADINGS.values())
    with pytest.raises(Fault, match="没有填写任何一户"):
        read_sheet(empty, "x.xlsx")
    first = ("榆核 2026-11-000001", "孙*军", "低保", "批准", DAY, 560.5, "2026年12月", "")
    second = ("榆核 2026-11-000002", "", "", "未决", "", "", "", "申请人外出，待补充材料")
    unfilled = ("榆核 2026-11-000003", "王*", "低保", "", "", "", "", "")
    read = read_sheet(filled(first, second, unfilled), "x.xlsx")
    assert not read.faults
    assert [row.entry for row in read.rows] == [Entry("granted", DAY, 56_050, 202612), OPEN]
    csv = "\n".join(
        ",".join(str(cell) for cell in row)
        for row in (tuple(names.HEADINGS.values()), first[:4] + ("2026/12/3", "560.50", *first[6:]))
    )
    assert read_sheet(csv.encode("gbk"), "x.csv").rows[0].entry == read.rows[0].entry


def test_each_fault_of_a_row_has_its_place_and_what_would_be_right() -> None:
    rows = [
        ("1", "", "", "也许", "去年", "很多", "下月", ""),
        ("", "", "", "不予批准", DAY),
        ("2", "", "", "不予批准", DAY),
        ("2", "", "", "不予批准", DAY),
        ("3", "", "", "批准", DAY, "=500+60", "2026-12"),
    ]
    found = read_sheet(filled(*rows), "x.xlsx")
    assert [row.number for row in found.rows] == ["2"]
    assert {(fault.row, fault.column, fault.code) for fault in found.faults} == {
        (2, "审批结果", "decision.word_unknown"),
        (2, "审批日期", "decision.date_unread"),
        (2, "金额（元）", "decision.amount_unread"),
        (2, "起始月份", "decision.month_unread"),
        (3, "案件编号", "decision.no_number"),
        (5, "案件编号", "decision.number_twice"),
        (6, "金额（元）", "decision.formula"),
    }
    assert all(str(fault) for fault in found.faults)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (filled(heads=("案件编号", "金额")), "decision.no_header"),
        (filled(heads=("案件编号", "审批结果", "审批结果")), "decision.column_twice"),
        (filled(), "decision.no_rows"),
        (b"%PDF-1.4", "file_kind_refused"),
        (b"", "file_empty"),
    ],
)
def test_a_fault_of_the_file_says_what_is_missing(data, code) -> None:
    with pytest.raises(Fault) as raised:
        read_sheet(data, "x.xlsx")
    assert raised.value.code == code
    assert str(raised.value)
