"""A bank answers in its own export: many rows a person, its own words, amounts in 万元.

Every fault is told by the row and the heading of the bank's own file.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter

from app.exchange.layouts.explaining import place_of, usual_place
from app.exchange.layouts.layout import UnitLayout
from app.exchange.layouts.own_file import OwnFile, check_stamp, open_own, read_own
from app.exchange.layouts.proposing import propose
from app.exchange.medium.asked import AskedRequest
from app.exchange.medium.replies import CheckedReply, ReplyLimits
from tenants.catalogue.outcomes import Outcome
from tenants.messages import Fault
from tests.rules.exchange_desk import DEPOSITS, HEAD, HOUSES, ITEMS, LINES, TODAY, asked, contents

HEADINGS = (
    "客户名称",
    "证件号",
    "开户机构",
    "账号",
    "业务种类",
    "当前余额(万元)",
    "余额日期",
    "备注",
)
WANG, LI = LINES[0].id_number, LINES[1].id_number
ROWS: list[Sequence[Any]] = [
    ("王秀兰", WANG, "榆树支行", "6228480402564890018", "活期储蓄", 1.234567, 20240430, ""),
    ("王秀兰", f"'{WANG} ", "榆树支行", "6228480402564890026", "整存整取", "0.5", "2024/4/30", ""),
    ("李建国", LI, "无记录", "", "", "", "2024年4月30日", ""),
]
TITLE: Sequence[Any] = (f"存款查询结果　校验码：{HEAD.stamp}",)
KINDS = {"活期储蓄": "活期", "整存整取": "定期"}


def workbook(
    rows: Sequence[Sequence[Any]] = ROWS,
    title: Sequence[Any] = TITLE,
    headings: Sequence[str] = HEADINGS,
    **others: Sequence[Sequence[Any]],
) -> bytes:
    """As the bank's system writes it: a merged title, headings, rows, a line of signatures."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("存款明细")
        below = ("制表人：钱进",)
        for number, row in enumerate([title, headings, *rows, (), below]):
            sheet.write_row(number, 0, row)
        for name, lines in others.items():
            other = book.add_worksheet(name)
            for number, row in enumerate(lines):
                other.write_row(number, 0, row)
    return buffer.getvalue()


def text(encoding: str, rows: Sequence[Sequence[Any]] = ROWS, delimiter: str = ",") -> bytes:
    """The same as csv, with blanks at the ends of the rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    for row in (TITLE, HEADINGS, *rows):
        writer.writerow([*row, "", "  "])
    return buffer.getvalue().encode(encoding)


def opened(data: bytes, filename: str = "reply.xlsx") -> OwnFile:
    own = open_own(data, filename, None, ReplyLimits())
    assert own is not None
    return own


def layout(own: OwnFile) -> UnitLayout:
    """What the machine proposes, with the words explained by a person."""
    found = propose(HEADINGS, own.sheets[0].frame.slice(2), ITEMS[DEPOSITS])
    places = {**found.places, "field-account_kind": 4}
    return replace(found, places=places, meanings={"field-account_kind": KINDS})


def read(
    data: bytes, request: AskedRequest | None = None, told: dt.date | None = None, **said: Any
) -> CheckedReply:
    own = opened(data)
    request = request or asked()
    check_stamp(own, request, is_known=False)
    chosen = [(own.sheets[0], 1, replace(layout(own), **said))]
    return read_own(own, chosen, request, told, TODAY, ReplyLimits())


def outcomes(checked: CheckedReply) -> Mapping[int, Outcome]:
    assert not checked.faults, [(f.row, f.column, str(f)) for f in checked.faults]
    return {answer.line_no: answer.outcome for answer in checked.answers}


def told(checked: CheckedReply) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in checked.faults]


def test_what_the_columns_are_is_guessed_from_headings_and_contents() -> None:
    own = opened(workbook())
    assert usual_place(own, lambda _: None, {c: ITEMS[c] for c in (HOUSES, DEPOSITS)}).row == 1
    found = propose(HEADINGS, own.sheets[0].frame.slice(2), ITEMS[DEPOSITS])
    assert found.places == {
        "name": 0, "id_number": 1, "field-bank": 2, "field-account_no": 3, "field-account_kind": 4,
        "field-balance": 5, "field-as_of": 6, "remark": 7,
    }  # fmt: skip
    assert found.units == {"field-balance": "wan"}
    assert found.meanings == {"field-account_kind": {"活期储蓄": "活期"}}, "the rest is asked"


def test_several_rows_of_a_person_are_several_records_in_yuan() -> None:
    checked = read(workbook(), told=dt.date(2024, 4, 30))
    assert outcomes(checked) == {1: Outcome.HIT, 2: Outcome.NO_RECORD}
    first, second = checked.records
    assert first.fields["balance"] == 12_345_67
    assert second.fields["balance"] == 5_000_00
    assert (first.fields["account_kind"], second.fields["account_kind"]) == ("1", "2")
    assert first.fields["as_of"] == second.fields["as_of"] == dt.date(2024, 4, 30)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_texts_come_in_every_encoding_that_excel_and_wps_write(
    encoding: str, delimiter: str
) -> None:
    data = text(encoding, delimiter=delimiter)
    checked = read(data, told=dt.date(2024, 4, 30))
    assert outcomes(checked) == {1: Outcome.HIT, 2: Outcome.NO_RECORD}


def test_a_balance_s_own_day_may_be_the_day_of_the_answer() -> None:
    places = {**layout(opened(workbook())).places, "as_of": 6}
    checked = read(workbook(), places=places)
    assert {answer.as_of for answer in checked.answers} == {dt.date(2024, 4, 30)}


def test_the_day_may_stand_in_the_title() -> None:
    title = (f"截至2024年5月10日存款查询结果 {HEAD.stamp}",)
    checked = read(workbook(title=title), day_from="title")
    assert {answer.as_of for answer in checked.answers} == {dt.date(2024, 5, 10)}
    with pytest.raises(Fault) as refused:
        read(workbook(), day_from="title")
    assert refused.value.code == "own_day_missing"


def test_people_who_were_not_asked_about_are_told_and_never_kept() -> None:
    stranger = ("张三", "220182199001011234", "榆树支行", "1", "活期储蓄", "1", "2024-04-30", "")
    nobody = ("赵六", "", "榆树支行", "1", "活期储蓄", "1", "2024-04-30", "")
    checked = read(workbook([*ROWS, stranger, nobody]), told=dt.date(2024, 4, 30))
    assert told(checked) == [
        (6, "存款明细：证件号", "own_not_asked"),
        (7, "存款明细：证件号", "own_no_id"),
    ]
    assert checked.answers == ()
    assert checked.records == ()


def test_another_person_s_name_is_told_by_the_bank_s_own_heading() -> None:
    rows = [("王秀英", *ROWS[0][1:])]
    (fault,) = read(workbook(rows), told=dt.date(2024, 4, 30)).faults
    assert (fault.row, fault.code) == (3, "reply_name_differs")
    assert "客户名称" in fault.column
    assert "姓名" in fault.column


def test_words_that_nobody_explained_are_told() -> None:
    rows = [(*ROWS[0][:4], "结构性存款", *ROWS[0][5:])]
    checked = read(workbook(rows), told=dt.date(2024, 4, 30))
    assert ("存款明细：业务种类", "own_word_unknown") in {t[1:] for t in told(checked)}


def test_a_row_without_anything_is_missing_unless_the_unit_says_that_it_means_none() -> None:
    rows = [ROWS[0], ("李建国", LI, "", "--", "", "", "", "")]
    assert outcomes(read(workbook(rows), told=TODAY)) == {1: Outcome.HIT}
    found = outcomes(read(workbook(rows), told=TODAY, blank="no_record"))
    assert found == {1: Outcome.HIT, 2: Outcome.NO_RECORD}


def test_who_is_left_out_is_missing_unless_the_unit_states_otherwise_in_writing() -> None:
    rows = ROWS[:1]
    checked = read(workbook(rows), told=TODAY)
    assert outcomes(checked) == {1: Outcome.HIT}
    assert (2, DEPOSITS) in checked.reconciliation.missing
    stated = read(workbook(rows), told=TODAY, absent="no_record", basis="榆农商函〔2024〕3号")
    assert outcomes(stated) == {1: Outcome.HIT, 2: Outcome.NO_RECORD}
    assert [a.remark for a in stated.answers if a.line_no == 2] == ["榆农商函〔2024〕3号"]


def test_negative_amounts_and_totals() -> None:
    overdraft = (*ROWS[0][:5], "-0.01", *ROWS[0][6:])
    total = ("合计", "", "", "", "", "1.7", "", "")
    checked = read(workbook([overdraft, total]), told=TODAY)
    assert outcomes(checked) == {1: Outcome.HIT}
    assert checked.records[0].fields["balance"] == -100_00


def test_an_amount_that_cannot_be_whole_fen_is_no_amount() -> None:
    rows = [(*ROWS[0][:5], "1.23456789", *ROWS[0][6:])]
    (fault,) = read(workbook(rows), told=TODAY).faults
    assert fault.code == "reply_value_money"
    assert "当前余额" in fault.column


def test_a_number_that_lost_its_last_figures_spoils_the_file() -> None:
    rows = [("王秀兰", float(220182195803122248), *ROWS[0][2:])]
    with pytest.raises(Fault) as refused:
        read(workbook(rows), told=TODAY)
    assert (refused.value.code, refused.value.values["row"]) == ("own_id_scientific", 3)


def test_values_that_are_formulas_spoil_the_file() -> None:
    rows = [(*ROWS[0][:5], "=1+1", *ROWS[0][6:])]
    with pytest.raises(Fault) as refused:
        read(workbook(rows), told=TODAY)
    assert refused.value.code == "own_formula"


def test_a_person_on_two_lines_answers_both() -> None:
    twice = replace(LINES[0], line_no=4)
    checked = read(workbook(ROWS[:1]), asked(lines=(*LINES, twice)), told=TODAY)
    assert outcomes(checked) == {1: Outcome.HIT, 4: Outcome.HIT}


STAMPED = {
    "above the headings": workbook(),
    "at the end": workbook(title=("存款",), rows=[*ROWS, (f"校验码 {HEAD.stamp.lower()}",)]),
    "in a column": workbook(
        title=("存款",),
        headings=(*HEADINGS, "校验码"),
        rows=[(*row, HEAD.stamp) for row in ROWS],
    ),
    "in a sheet": workbook(title=("存款",), 校验码=[[HEAD.stamp.replace("-", "－")]]),
}


@pytest.mark.parametrize("place", STAMPED)
def test_the_stamp_may_stand_anywhere_in_the_file(place: str) -> None:
    check_stamp(opened(STAMPED[place]), asked(), is_known=False)


def test_a_file_without_stamp_or_with_another_one_is_refused() -> None:
    bare = opened(workbook(title=("存款",)))
    with pytest.raises(Fault) as refused:
        check_stamp(bare, asked(), is_known=False)
    assert refused.value.code == "own_stamp_missing"
    check_stamp(bare, asked(), is_known=True)
    altered = HEAD.stamp[:-1] + ("0" if HEAD.stamp[-1] != "0" else "1")
    other = opened(workbook(title=(f"校验码：{altered}",)))
    for is_known in (False, True):
        with pytest.raises(Fault) as refused:
            check_stamp(other, asked(), is_known=is_known)
        assert refused.value.code == "own_stamp_other"


def test_our_own_template_is_not_read_as_a_layout() -> None:
    assert open_own(contents()["反馈模板.xlsx"], "reply.xlsx", None, ReplyLimits()) is None
    assert open_own(b"no table at all", "reply.txt", None, ReplyLimits()) is None


def test_an_item_that_the_page_never_offered_is_refused() -> None:
    with pytest.raises(Fault):
        place_of(opened(workbook()), 0, 1, 9999, lambda _: None, {DEPOSITS: ITEMS[DEPOSITS]})


def test_a_sheet_about_an_item_that_was_not_asked_is_refused() -> None:
    request = replace(asked(), items={HOUSES: ITEMS[HOUSES]})
    with pytest.raises(Fault) as refused:
        read(workbook(), request, told=TODAY)
    assert refused.value.code == "reply_item_not_asked"
