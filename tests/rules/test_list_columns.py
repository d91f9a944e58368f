"""列对应: sheets with headings of their own, what is guessed of them, and what is said."""

import datetime as dt
from typing import Any

import pytest

from app.intake.columns import BY_KEY, KEYS
from app.intake.explaining import (
    Place,
    can_be_explained,
    explain,
    header_at,
    layout_said,
    usual_place,
)
from app.intake.layout import Layout, fingerprinted, nothing_remembered
from app.intake.sheet import open_file, read_sheet, sheet_of
from app.intake.showing import letter, shown_cell
from tenants.messages import Fault
from tests.files.lists import (
    GOOD,
    HEADERS,
    ZHANG,
    check,
    csv_bytes,
    xlsx,
)
from tests.files.lists import (
    sheet_of as sheet_of_rows,
)
from tests.files.ooxml import WPS, Page, workbook

OWN_HEADINGS = HEADERS | {
    "household_no": "家庭代码",
    "relation": "称谓",
    "name": "人员",
    "id_number": "身份号",
    "phone": "手机",
    "registered_region": "户籍区划",
    "actual_region": "住址区划",
    "scheme": "救助种类",
    "subject_role": "人员类别",
    "authorised_on": "签字日",
    "authorisation_expires_on": "到期日",
    "monthly_income": "每月收入",
    "deposits": "银行存款（万元）",
    "houses": "房屋套数",
    "vehicles": "机动车数",
    "businesses": "经营数",
}
LEFT_OUT = ("id_type", "application")
SENT_KEYS = tuple(key for key in KEYS if key not in LEFT_OUT and not BY_KEY[key].may_lack)
TITLE = "某某街道申请救助人员花名册"


def strangers(keys=SENT_KEYS, deposits: str = "0.35") -> bytes:
    """A street's own register: other headings, two columns missing, deposits in ten thousands."""
    rows = [row | ({"deposits": deposits} if row["deposits"] else {}) for row in GOOD]
    cells: list[list[Any]] = [[row[key] for key in keys] for row in rows]
    return workbook(WPS, [Page("花名册", [[TITLE], [OWN_HEADINGS[k] for k in keys], *cells])])


def said(keys=SENT_KEYS, **more: str) -> dict[str, str]:
    """What a person says of that sheet on the page."""
    form = {f"place-{key}": str(place) for place, key in enumerate(keys) if key != "row_no"}
    fixed = {"fixed-id_type": "居民身份证", "fixed-application": "新申请"}
    return form | fixed | {"unit-deposits": "wan"} | more


def read_as_said(data: bytes, form: dict[str, str], row: int = 1):
    opened = open_file(data, "名单")
    texts = header_at(opened, Place(0, row), Layout({}))[1].texts
    layout, errors = layout_said(form, texts)
    assert errors == {}
    grid, header = header_at(opened, Place(0, row), layout)
    return sheet_of(opened, grid, header, "名单"), layout, fingerprinted(texts)


def test_a_stranger_s_register_reads_as_the_template_would():
    sheet, _, _ = read_as_said(strangers(), said())
    checked = check(sheet)

    assert checked.faults == []
    expected = check(sheet_of_rows(GOOD)).good.drop("sheet_row", "row_no")
    assert checked.good.drop("sheet_row", "row_no").equals(expected)


def test_what_was_said_is_used_the_next_time_also_for_the_error_file():
    from app.intake.error_file import write_error_file

    _, layout, headings = read_as_said(strangers(), said())
    known = {headings: layout}
    again = read_sheet(strangers(deposits="-1"), "名单", remembered=known.get)
    checked = check(again)
    assert {fault.code for fault in checked.faults} == {"amount_negative"}

    returned = write_error_file(again, checked)
    once_more = read_sheet(returned, "错误.xlsx", remembered=known.get)
    assert {fault.code for fault in check(once_more).faults} == {"amount_negative"}
    assert once_more.frame.height == 5
    with pytest.raises(Fault, match="表头"):
        read_sheet(returned, "错误.xlsx")


def test_most_columns_are_guessed_by_heading_or_by_what_stands_in_them():
    opened = open_file(strangers(), "名单")
    page = explain(opened, usual_place(opened, nothing_remembered), None, {})

    guessed = {field.key: field.place for field in page.fields if field.place is not None}
    right = {key: place for place, key in enumerate(SENT_KEYS)}
    assert page.place == Place(0, 1)
    assert {key for key, place in guessed.items() if right.get(key) != place} == set()
    assert {"name", "id_number", "phone", "relation", "scheme", "subject_role"} <= guessed.keys()
    assert {"authorised_on", "authorisation_expires_on", "deposits"} <= guessed.keys()
    assert next(field for field in page.fields if field.key == "deposits").is_ten_thousand


def test_nothing_private_stands_on_the_page():
    opened = open_file(strangers(), "名单")
    page = str(explain(opened, usual_place(opened, nothing_remembered), None, {}))

    for row in GOOD:
        for key in ("name", "id_number", "phone"):
            assert not row[key] or str(row[key]) not in page
    assert "220112********" in page


@pytest.mark.parametrize(
    ("more", "column", "words"),
    [
        ({"place-name": ""}, "name", "没有指明哪一列是“姓名”"),
        ({"place-phone": "3"}, "name", "“联系电话”选了同一列(D 列)"),
        ({"fixed-id_type": ""}, "id_type", "没有指明哪一列是“证件类型”"),
    ],
)
def test_what_is_wrong_with_a_choice_is_told_at_its_column(more, column, words):
    texts = tuple(OWN_HEADINGS[key] for key in SENT_KEYS)
    _, errors = layout_said(said(**more), texts)

    assert words in errors[column]


def test_both_places_may_stand_in_one_column():
    at = str(SENT_KEYS.index("registered_region"))
    _, errors = layout_said(
        said(**{"place-actual_region": at}), tuple(OWN_HEADINGS[key] for key in SENT_KEYS)
    )
    assert errors == {}


@pytest.mark.parametrize(
    "more",
    [
        {"place-name": "99"},
        {"place-name": "-1"},
        {"place-name": "x"},
        {"place-id_type": "", "fixed-id_type": "驾驶证"},
    ],
)
def test_a_choice_that_was_never_offered_is_refused(more):
    with pytest.raises(Fault):
        layout_said(said(**more), tuple(OWN_HEADINGS[key] for key in SENT_KEYS))


@pytest.mark.parametrize("place", [Place(3, 0), Place(0, 19), Place(0, 99)])
def test_a_row_or_sheet_that_is_not_there_is_refused(place):
    with pytest.raises(Fault):
        header_at(open_file(strangers(), "名单"), place, Layout({}))


def fault_of(data: bytes) -> Fault:
    with pytest.raises(Fault) as caught:
        read_sheet(data, "名单")
    return caught.value


@pytest.mark.parametrize(
    ("data", "is_explained"),
    [
        (strangers(), True),
        (xlsx(GOOD, keys=KEYS[:-1]), True),
        (xlsx(GOOD, headers=HEADERS | {"deposits": "存款(万元)"}), True),
        (xlsx(GOOD, keys=[*KEYS, "name"]), True),
        (xlsx([]), False),
        ("日期,金额\n2026,1\n".encode(), False),
        (xlsx([], keys=[]), False),
        (xlsx(GOOD, more={"封面": [["核对"]]}, hide=True), False),
    ],
)
def test_only_what_a_person_can_explain_is_asked_about(data, is_explained):
    assert can_be_explained(fault_of(data), open_file(data, "名单")) is is_explained


@pytest.mark.parametrize(
    ("cell", "key", "shown"),
    [
        (str(ZHANG["id_number"]), None, "220112********0023"),
        ("电话13800138000", None, "电话138****8000"),
        ("6222021234567890", None, "6222********7890"),
        ("20261101", None, "20261101"),
        ("王大明", "name", "王*明"),
        ("很长很长很长很长很长很长很长的备注", None, "很长很长很长很长很长很长很长的备注"),
        ("很长" * 20, None, "很长" * 8 + "很…"),
        ("3500", "deposits", "3500"),
    ],
)
def test_cells_are_short_and_masked(cell, key, shown):
    assert shown_cell(cell, key) == shown


def test_columns_are_lettered_as_spreadsheets_do():
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_every_column_of_ours_can_be_said():
    assert {key for key in BY_KEY if key != "row_no" and not BY_KEY[key].may_lack} == {
        name.split("-")[1] for name in said() if name.startswith(("place-", "fixed-"))
    }


def test_dates_are_told_apart_by_which_ends_later():
    keys = [*SENT_KEYS]
    a, b = keys.index("authorised_on"), keys.index("authorisation_expires_on")
    keys[a], keys[b] = keys[b], keys[a]
    opened = open_file(
        csv_bytes([r | {"authorised_on": dt.date(2026, 11, 1)} for r in GOOD], keys=keys), "x"
    )
    page = explain(opened, Place(0, 0), None, {})
    places = {field.key: field.place for field in page.fields}
    assert (places["authorised_on"], places["authorisation_expires_on"]) == (b, a)
