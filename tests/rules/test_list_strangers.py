"""Lists as strangers' programs save them: Excel, WPS, Numbers and LibreOffice, habits and all."""

import datetime as dt

import polars as pl
import pytest

from app.intake.columns import KEYS
from app.intake.sheet import read_sheet
from app.intake.showing import letter
from app.intake.units import in_yuan
from tests.files.lists import GOOD, HEADERS, HERE, ZHANG, changed, check, csv_bytes, sheet_of
from tests.files.ooxml import (
    EXCEL,
    NUMBERS,
    WPS,
    Cell,
    Grouped,
    Page,
    Runs,
    Spoken,
    workbook,
)

HEADINGS: list[Cell] = list(HEADERS.values())
TITLE = "双阳区2026年11月核对名单"
DATES = {
    "authorised_on": dt.date(2026, 11, 1),
    "authorisation_expires_on": dt.date(2027, 10, 31),
}
GUIDE = Page("说明", [["填表说明"], ["每行一人"]])
SUMMARY = Page("导出摘要", [["此文稿是从“Numbers 表格”中导出的。"], ["表单", "表格名称"]])


def rows(**first: Cell) -> list[list[Cell]]:
    """The good rows with real dates; ``first`` replaces cells of the first one."""
    dated = [row | DATES for row in GOOD]
    dated[0] = dated[0] | first
    return [[row.get(key, "") for key in KEYS] for row in dated]


def page(sheet: str = "Sheet1", **first: Cell) -> Page:
    """The list as everybody has it: a merged title, the headings, the rows."""
    return Page(sheet, [[TITLE], HEADINGS, *rows(**first)], merged=("A1:S1",))


def in_groups() -> Page:
    """Headings merged over two rows: the declared means under one heading of their own."""
    means = ["月收入", "存款", "房产", "车辆", "经营主体"]
    alone = len(HEADINGS) - len(means)
    above = [*HEADINGS[:alone], "申报情况"]
    below: list[Cell] = [*[None] * alone, *means]
    down = [f"{letter(place)}2:{letter(place)}3" for place in range(alone)]
    last = letter(len(HEADINGS) - 1)
    grouped = (f"A1:{last}1", f"{letter(alone)}2:{last}2", *down)
    return Page("名单", [[TITLE], above, below, *rows()], merged=grouped)


SPOKEN = {"name": Spoken("张秀兰", "チョウ シュウラン"), "household_no": Runs(("SY-", "001"))}
AMOUNTS = {"monthly_income": Grouped(1200.5), "deposits": Grouped(3500)}

STRANGERS = {
    "excel": workbook(EXCEL, [page()]),
    "excel, phonetic guides and fonts": workbook(EXCEL, [page(**SPOKEN)]),
    "excel, dates of 1904": workbook(EXCEL, [page()], date_1904=True),
    "excel, thousands separators": workbook(EXCEL, [page(**AMOUNTS)]),
    "excel, hidden second sheet": workbook(
        EXCEL, [page(), Page("Sheet2", page().rows, state="hidden")]
    ),
    "excel, hidden first sheet": workbook(EXCEL, [Page("旧", page().rows, state="hidden"), page()]),
    "excel, deeply hidden sheet": workbook(
        EXCEL, [Page("旧", page().rows, state="veryHidden"), page()]
    ),
    "wps": workbook(WPS, [page(), GUIDE]),
    "wps, headings over two rows": workbook(WPS, [in_groups()]),
    "wps, columns turned round": workbook(
        WPS, [Page("Sheet1", [HEADINGS[::-1], *[row[::-1] for row in rows()]])]
    ),
    "wps, blank rows and columns beyond": workbook(
        WPS, [Page("Sheet1", [*page().rows, *[[" "] * 26] * 4, [None] * 26])]
    ),
    "numbers, summary first": workbook(NUMBERS, [SUMMARY, page("工作表 1 - 表格 1")]),
    "numbers, dates of 1904": workbook(NUMBERS, [page()], date_1904=True),
    "xls of libreoffice": (HERE / "list_libreoffice.xls").read_bytes(),
    "ods of libreoffice": (HERE / "list_libreoffice.ods").read_bytes(),
    "xls, 1904, sheets hidden": (HERE / "busy_libreoffice.xls").read_bytes(),
    "ods, sheets hidden": (HERE / "busy_libreoffice.ods").read_bytes(),
    "xlsx of libreoffice, sheets hidden": (HERE / "busy_libreoffice.xlsx").read_bytes(),
    "unicode text of libreoffice": (HERE / "busy_libreoffice_utf16.csv").read_bytes(),
    "semicolons of libreoffice": (HERE / "busy_libreoffice_semicolons.csv").read_bytes(),
    "unicode text of excel": csv_bytes(GOOD, "utf-16", delimiter="\t"),
    "unicode text, big end first": b"\xfe\xff" + csv_bytes(GOOD, "utf-16-be", delimiter="\t"),
    "tabs in gbk": csv_bytes(GOOD, "gbk", delimiter="\t"),
    "semicolons": csv_bytes(GOOD, delimiter=";"),
    "old ends of lines": csv_bytes(GOOD).replace(b"\r\n", b"\r"),
    "ends of lines of unix": csv_bytes(GOOD).replace(b"\r\n", b"\n"),
    "two marks": b"\xef\xbb\xbf" + csv_bytes(GOOD, "utf-8-sig"),
}


@pytest.mark.parametrize("name", ["名单.xlsx", "名单.xls"])
@pytest.mark.parametrize("file", STRANGERS)
def test_the_same_two_households_from_every_stranger(file, name):
    checked = check(read_sheet(STRANGERS[file], name))

    assert [str(fault) for fault in checked.faults] == []
    expected = check(sheet_of(GOOD)).good.drop("sheet_row", "row_no")
    assert checked.good.drop("sheet_row", "row_no").equals(expected)


def test_the_reading_above_a_name_never_gets_into_it():
    checked = check(read_sheet(STRANGERS["excel, phonetic guides and fonts"], "名单.xlsx"))

    assert checked.good["name"][0] == "张秀兰"
    assert checked.good["household_no"][0] == "SY-001"


@pytest.mark.parametrize(
    ("file", "encoding"),
    [("unicode text of excel", "utf-16"), ("tabs in gbk", "gbk"), ("two marks", "utf-8-sig")],
)
def test_the_encoding_of_a_stranger_is_kept_for_the_record(file, encoding):
    assert read_sheet(STRANGERS[file], "名单").encoding == encoding


@pytest.mark.parametrize(
    "dot",
    "·•・‧⋅∙●◦･⸱᛫ꞏᐧ˙．。｡﹒•‧・",
)
def test_one_middle_dot_whatever_was_typed(dot):
    checked = check(sheet_of([ZHANG | {"name": f"买买提{dot}阿卜杜拉"}]))

    assert checked.faults == []
    assert checked.good["name"][0] == "买买提·阿卜杜拉"


@pytest.mark.parametrize(
    "name",
    ["𠮷田玉", "张𪚥", "王𫖯", "李𫞩", "赵𬱖", "孙𮯰", "周𰀀", "吴𱍐", "〇三", "䶮兰", "张﨑"],
    ids=["B", "B end", "C", "D", "E", "I", "G", "H", "zero", "A", "compatible"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_rare_characters_come_through(name, encoding):
    checked = check(read_sheet(csv_bytes([ZHANG | {"name": name}], encoding), "名单.csv"))

    assert checked.faults == []
    assert checked.good["name"][0] == name


@pytest.mark.parametrize("name", ["张\ue000", "王\U000f0001", "李\U00100001"])
def test_characters_of_somebody_s_own_are_told_in_clear_words(name):
    [fault] = check(sheet_of([ZHANG | {"name": name}])).faults

    assert "造字区" in str(fault)


@pytest.mark.parametrize(
    ("key", "written", "read"),
    [
        ("name", "\u00a0张\u00a0秀兰\u3000", "张秀兰"),
        ("household_no", "ＳＹ－００１", "SY-001"),
        ("phone", "１３８００１３８０００", "13800138000"),
        ("phone", "13800138000.0", "13800138000"),
        ("authorised_on", "2026.11.1", dt.date(2026, 11, 1)),
        ("authorised_on", "2026年11月1日", dt.date(2026, 11, 1)),
        ("authorised_on", "2026 年 11 月 1 日", dt.date(2026, 11, 1)),
        ("authorised_on", "20261101", dt.date(2026, 11, 1)),
        ("authorised_on", "20261101.0", dt.date(2026, 11, 1)),
        ("authorised_on", "2026-11-1\u00a0", dt.date(2026, 11, 1)),
        ("authorised_on", "2026／11／1", dt.date(2026, 11, 1)),
        ("authorised_on", "2026、11、1", dt.date(2026, 11, 1)),
        ("deposits", "１，２００．５０", 120050),
        ("deposits", "1 200.50", 120050),
        ("deposits", "￥1,200.50", 120050),
        ("deposits", "RMB 1200.5元", 120050),
        ("deposits", "1200圆", 120000),
    ],
)
def test_what_strangers_write_in_a_cell(key, written, read):
    checked = check(sheet_of([ZHANG | {key: written}]))

    assert [str(fault) for fault in checked.faults] == []
    assert checked.good[f"{key}_fen" if key == "deposits" else key].to_list() == [read]


def test_amounts_in_ten_thousands_are_moved_exactly():
    written = [
        "1.5",
        "3",
        "0.00005",
        "12,345.678901",
        "-2",
        "1.5万",
        "2 万元",
        "一万",
        "",
        None,
        "１",
    ]
    moved = pl.DataFrame({"a": written}).select(in_yuan(pl.col("a")))["a"].to_list()

    assert moved == [
        "15000", "30000", "00000.5", "123456789.01", "-20000",
        "15000", "20000", "一万", "", None, "10000",
    ]  # fmt: skip


def test_numbers_and_formulas_of_old_workbooks_are_noticed():
    checked = check(read_sheet((HERE / "bad_libreoffice.xls").read_bytes(), "名单.xls"))

    told = {(fault.row, fault.column, fault.code) for fault in checked.faults}
    assert (3, "monthly_income", "cell_formula") in told
    assert (4, "id_number", "id_number_scientific") in told
    checked = check(read_sheet((HERE / "bad_libreoffice.ods").read_bytes(), "名单.ods"))
    assert {(fault.row, fault.column, fault.code) for fault in checked.faults} == told


def test_an_error_of_a_cell_is_no_value():
    checked = check(sheet_of(changed(0, deposits="#N/A", name="#REF!", authorised_on="#VALUE!")))

    assert {fault.code for fault in checked.faults} == {"cell_is_error"}
    assert "公式出错" in str(checked.faults[0])
