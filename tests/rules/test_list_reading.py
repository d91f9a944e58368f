"""Lists as they come from people's machines: read alike, whatever wrote them."""

import datetime as dt
import re

import polars as pl
import pytest

from app.intake.columns import KEYS
from app.intake.sheet import read_sheet
from tests.files.lists import (
    FAMILY,
    GOOD,
    HEADERS,
    HERE,
    TODAY,
    ZHANG,
    changed,
    check,
    csv_bytes,
    fill,
    sheet_of,
    with_part,
    xlsx,
)

RELS = "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"


def wps(data: bytes) -> bytes:
    """What WPS does otherwise: absolute targets, a byte order mark, styled blanks far below."""
    data = with_part(data, RELS, lambda x: x.replace(b'"worksheets/', b'"/xl/worksheets/'))
    blanks = b'<row r="900"><c r="A900" s="1"/><c r="AB900" s="1"/></row></sheetData>'
    data = with_part(data, SHEET, lambda x: x.replace(b"</sheetData>", blanks))
    data = with_part(data, SHEET, lambda x: re.sub(rb"<dimension[^>]*>", b"", x))
    return with_part(data, "docProps/custom.xml", lambda _: b"<Properties/>")


def without_shared_strings(data: bytes) -> bytes:
    """Texts inside the cells, as exporting programs write them."""
    return fill(with_part(data, SHEET, lambda x: re.sub(rb'<row r="[2-9].*?</row>', b"", x)), GOOD)


DATES = changed(
    0, authorised_on=dt.date(2026, 11, 1), authorisation_expires_on=dt.date(2027, 10, 31)
)
NUMBERS = changed(0, phone=13800138000, registered_region=220112, monthly_income=1200.5, houses=1)
STARRED = {key: f"* {header}\n（必填）" for key, header in HEADERS.items()}
GUIDE = {"填写说明": [["每行一人"], ["", "列名"]]}

GOOD_FILES = {
    "excel": xlsx(GOOD),
    "title row": xlsx(GOOD, title="双阳区2026年11月核对名单"),
    "columns turned round": xlsx(GOOD, keys=KEYS[::-1]),
    "no row numbers": xlsx(GOOD, keys=KEYS[1:]),
    "a column of remarks": xlsx(GOOD, keys=[*KEYS[:5], "备注", "", *KEYS[5:]]),
    "begins in column C": xlsx(GOOD, first_column=2),
    "starred headings": xlsx(GOOD, headers=STARRED),
    "other headings": xlsx(GOOD, headers=HEADERS | {"id_number": "身份证号码", "phone": "手机号"}),
    "dates": xlsx(DATES),
    "dates of 1904": xlsx(DATES, date_1904=True),
    "numbers": xlsx(NUMBERS),
    "a page of guidance": xlsx(GOOD, more=GUIDE),
    "an empty template beside it": xlsx(GOOD, more={"Sheet2": [list(HEADERS.values())]}),
    "blank rows": xlsx([*FAMILY, {}, {}, GOOD[4], {}, {"row_no": 6}, {"name": "  "}]),
    "row numbers by formula": xlsx(changed(0, row_no="=ROW()-1")),
    "wps": wps(xlsx(GOOD)),
    "texts in the cells": without_shared_strings(xlsx(GOOD)),
    "libreoffice": (HERE / "list_libreoffice.xlsx").read_bytes(),
    "utf-8": csv_bytes(GOOD),
    "utf-8 with mark": csv_bytes(GOOD, "utf-8-sig"),
    "gbk": csv_bytes(GOOD, "gbk"),
    "gb18030": csv_bytes(GOOD, "gb18030"),
    "gb18030 of libreoffice": (HERE / "list_libreoffice_gb18030.csv").read_bytes(),
    "csv with extra commas": csv_bytes(GOOD).replace(b"\r\n", b",,,\r\n") + b",,,,,\r\n\r\n",
    "named wrongly": csv_bytes(GOOD),
}


@pytest.mark.parametrize("file", GOOD_FILES)
def test_the_same_two_households_from_every_program(file):
    checked = check(read_sheet(GOOD_FILES[file], "名单.xlsx"))

    assert [str(fault) for fault in checked.faults] == []
    assert (checked.households.good, checked.households.held_back) == (2, 0)
    expected = check(sheet_of(GOOD)).good.drop("sheet_row", "row_no")
    assert checked.good.drop("sheet_row", "row_no").equals(expected)


def test_values_come_out_typed():
    first = check(sheet_of(GOOD)).good.row(0, named=True)

    assert first == {
        "sheet_row": 2,
        "row_no": 1,
        "household_no": "SY-001",
        "relation": "02",
        "role": "applicant",
        "name": "张秀兰",
        "id_type": "resident_id",
        "id_number": ZHANG["id_number"],
        "phone": "13800138000",
        "registered_region": 220112,
        "actual_region": 220112,
        "scheme": "subsistence",
        "application": "new",
        "authorised_on": dt.date(2026, 11, 1),
        "authorisation_expires_on": dt.date(2027, 10, 31),
        "monthly_income_fen": 120050,
        "deposits_fen": 350000,
        "houses": 1,
        "vehicles": 0,
        "businesses": 0,
        "consent": None,
        "authorisation_scope": None,
        "guardian_name": None,
        "guardian_relation": None,
        "guardian_id_number": None,
    }
    assert check(sheet_of(GOOD)).good["role"].to_list()[1:] == [
        "member",
        "member",
        "obligor",
        "applicant",
    ]


@pytest.mark.parametrize(
    ("file", "rows"),
    [("excel", [2, 3, 4, 5, 6]), ("title row", [3, 4, 5, 6, 7]), ("blank rows", [2, 3, 4, 5, 8])],
)
def test_rows_are_counted_as_the_spreadsheet_shows_them(file, rows):
    assert read_sheet(GOOD_FILES[file], "名单.xlsx").frame["sheet_row"].to_list() == rows


@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8 with mark", "utf-8-sig"),
        ("gbk", "gbk"),
        ("excel", None),
    ],
)
def test_the_encoding_is_kept_for_the_record(file, encoding):
    assert read_sheet(GOOD_FILES[file], "名单").encoding == encoding


def test_a_rare_name_outside_gbk_comes_through_gb18030():
    sheet = read_sheet(csv_bytes(changed(0, name="张𠮷䶮"), "gb18030"), "名单.csv")

    assert sheet.encoding == "gb18030"
    assert check(sheet).good["name"][0] == "张𠮷䶮"


@pytest.mark.parametrize(
    ("key", "written", "read"),
    [
        ("authorised_on", "2026/11/1", dt.date(2026, 11, 1)),
        ("authorised_on", "2026.11.01", dt.date(2026, 11, 1)),
        ("authorised_on", "20261101", dt.date(2026, 11, 1)),
        ("authorised_on", "2026年11月1日", dt.date(2026, 11, 1)),
        ("authorised_on", "2026-11-01 09:30:00", dt.date(2026, 11, 1)),
        ("authorised_on", "２０２６－１１－０１", dt.date(2026, 11, 1)),
        ("authorised_on", TODAY.isoformat(), TODAY),
        ("monthly_income", "1,234,567.8", 123456780),
        ("monthly_income", "１２００", 120000),
        ("monthly_income", "¥1200元", 120000),
        ("monthly_income", "0012.300", 1230),
        ("deposits", "0", 0),
        ("houses", "2.0", 2),
        ("vehicles", " 1 ", 1),
        ("id_number", "２２０１１２１９７８０３１５００２９", None),
        ("id_number", "'" + str(ZHANG["id_number"]), ZHANG["id_number"]),
        ("id_number", " ".join(str(ZHANG["id_number"])), ZHANG["id_number"]),
        ("id_number", str(ZHANG["id_number"]) + "\u200b", ZHANG["id_number"]),
        ("phone", "138-0013-8000", "13800138000"),
        ("phone", "+86 138 0013 8000", "13800138000"),
        ("phone", "88880000", "88880000"),
        ("name", "张　三", "张三"),
        ("name", "买买提•阿卜杜拉", "买买提·阿卜杜拉"),
        ("name", "买买提・阿卜杜拉．热合曼", "买买提·阿卜杜拉·热合曼"),
        ("name", "玉 · 山 · 江", "玉·山·江"),
        ("relation", "本 人", "01"),
        ("relation", "02", "02"),
        ("scheme", "低保", "subsistence"),
        ("application", "定期核查", "periodic"),
        ("registered_region", "220112000000", 220112),
        ("actual_region", "长春市双阳区", 220112),
        ("household_no", "（2026）双-1", "(2026)双-1"),
    ],
)
def test_the_many_ways_of_writing_a_cell(key, written, read):
    checked = check(sheet_of([ZHANG | {key: written}]))

    if read is None:
        assert [fault.code for fault in checked.faults] == ["id_number_checksum"]
        return
    assert checked.faults == []
    column = f"{key}_fen" if key in ("monthly_income", "deposits") else key
    assert checked.good[column].to_list() == [read]


def test_an_adult_son_may_be_obligor_of_two_households():
    son = GOOD[3] | {"household_no": "SY-002", "row_no": 6}

    assert check(sheet_of([*GOOD, son])).households.good == 2


def test_a_passport_number_is_not_measured_as_an_identity_number():
    passport = {"id_type": "护照", "id_number": "E12345678", "name": "Anna O'Neil"}

    assert check(sheet_of(changed(1, **passport))).households.good == 2


def test_the_frame_has_the_columns_that_were_promised():
    sheet = sheet_of(GOOD)

    assert sheet.frame.columns == ["sheet_row", *KEYS]
    assert sheet.frame.dtypes == [pl.Int32, *[pl.String] * len(KEYS)]
