"""Files that cannot be a list: each is refused before a row is looked at, in words that help."""

import io
import re
import struct
import zipfile

import pytest

from app.intake.columns import KEYS
from app.intake.sheet import read_sheet
from tenants.messages import Fault
from tests.files.lists import GOOD, HEADERS, HERE, csv_bytes, with_part, xlsx

SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
LIST = [list(HEADERS.values()), ["1", "SY-9", "户主"]]


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def as_encrypted(data: bytes) -> bytes:
    """Every entry marked as encrypted, in both directories."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := out.find(mark, at + 1)) >= 0:
            flags = struct.unpack_from("<H", out, at + offset)[0]
            struct.pack_into("<H", out, at + offset, flags | 1)
    return bytes(out)


def without(*keys: str) -> list[str]:
    return [key for key in KEYS if key not in keys]


DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
FAR_CELL = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
WORKBOOK = xlsx(GOOD)
BOMB = b"<a/>" * (20 << 20)
XLS = (HERE / "list_libreoffice.xls").read_bytes()
# The record of a sheet's used rows and columns, as it is and as no sheet can be.
SIZE = struct.pack("<HHIIHH", 0x0200, 14, 0, 7, 0, 19)
LYING_SIZE = struct.pack("<HHIIHH", 0x0200, 14, 0, 1 << 31, 0, 19)


def renamed(old: str, new: str) -> bytes:
    """The old workbook with one stream or folder of its container called otherwise."""
    at = XLS.index((old + "\0").encode("utf-16-le"))
    name = (new + "\0").encode("utf-16-le")
    return XLS[:at] + name.ljust(64, b"\0") + struct.pack("<H", len(name)) + XLS[at + 66 :]


def ods_with(repeated: bytes) -> bytes:
    """An .ods one of whose filled rows stands for very many."""
    ods = (HERE / "list_libreoffice.ods").read_bytes()
    return with_part(
        ods,
        "content.xml",
        lambda xml: xml.replace(
            b"<table:table-row ", b"<table:table-row table:number-" + repeated + b" ", 1
        ),
    )


BAD_FILES = [
    ("nothing at all", b"", "file_empty", "0 字节"),
    ("cut old workbook", XLS[:4000], "workbook_broken", "另存为"),
    ("old document", renamed("Workbook", "WordDocument"), "workbook_too_old", "旧版"),
    ("locked workbook", renamed("\x01CompObj", "EncryptedPackage"), "workbook_locked", "打开密码"),
    ("old macros", renamed("\x01Ole", "_VBA_PROJECT_CUR"), "workbook_macros", "宏"),
    ("old sheet that lies", XLS.replace(SIZE, LYING_SIZE), "workbook_broken", "另存为"),
    ("ods that lies", ods_with(b'rows-repeated="900000"'), "workbook_too_many_rows", "上限"),
    ("web page called xls", b"\xef\xbb\xbf<html><table><tr><td>x", "file_kind_refused", "网页"),
    ("xml of 2003", b'<?xml version="1.0"?><Workbook/>', "file_kind_refused", "网页"),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3", "file_kind_refused", "PDF"),
    ("png", b"\x89PNG\r\n\x1a\n" + bytes(50), "file_kind_refused", "图片"),
    ("utf-16 without mark", csv_bytes(GOOD, "utf-16-le"), "file_kind_refused", ".csv"),
    ("a NUL in the text", csv_bytes(GOOD) + b"x" * 5000 + b"\x00", "text_encoding", "UTF-8"),
    ("half a character of utf-16", csv_bytes(GOOD, "utf-16") + b"x", "text_encoding", "UTF-8"),
    ("zip of a list", zipped(**{"名单.xlsx": WORKBOOK}), "file_kind_refused", "ZIP"),
    ("macros", with_part(WORKBOOK, "xl/vbaProject.bin", lambda _: b"x"), "file_kind_refused", "宏"),
    (
        "docx",
        zipped(**{"[Content_Types].xml": b"", "word/document.xml": b""}),
        "file_kind_refused",
        "文字处理",
    ),
    ("cut in half", WORKBOOK[: len(WORKBOOK) // 2], "archive_broken", "不完整"),
    ("its end missing", WORKBOOK[:-30], "archive_broken", "损坏"),
    ("bomb", with_part(WORKBOOK, "xl/media/a.xml", lambda _: BOMB), "archive_bomb", "压缩比异常"),
    (
        "path upwards",
        with_part(WORKBOOK, "../../etc/cron.d/x", lambda _: b"x"),
        "archive_path",
        "路径不安全",
    ),
    (
        "path of Windows",
        with_part(WORKBOOK, "C:\\x.dll", lambda _: b"x"),
        "archive_path",
        "路径不安全",
    ),
    ("locked entries", as_encrypted(WORKBOOK), "archive_password_needed", "密码"),
    (
        "outside entity in the sheet",
        with_part(WORKBOOK, SHEET, lambda x: x.replace(b"?>", b"?>" + DOCTYPE, 1)),
        "workbook_broken",
        "另存为",
    ),
    (
        "outside entity in the book",
        with_part(WORKBOOK, BOOK, lambda x: x.replace(b"?>", b"?>" + DOCTYPE, 1)),
        "workbook_broken",
        "另存为",
    ),
    ("no XML", with_part(WORKBOOK, BOOK, lambda _: b"\x00\x01"), "workbook_broken", "损坏"),
    (
        "a cell at the far end",
        with_part(WORKBOOK, SHEET, lambda x: x.replace(b"</sheetData>", FAR_CELL)),
        "workbook_too_many_rows",
        "上限",
    ),
    (
        "many columns",
        with_part(
            WORKBOOK,
            SHEET,
            lambda x: x.replace(b"</sheetData>", FAR_CELL.replace(b"1048576", b"99")),
        ),
        "workbook_too_many_columns",
        "上限",
    ),
    ("no headings", xlsx(GOOD, headers=dict.fromkeys(KEYS, "列")), "list_no_header", "表头"),
    ("empty sheet", xlsx([], keys=[]), "list_no_header", "表头"),
    ("csv of something else", "日期,金额\n2026,1\n".encode(), "list_no_header", "户编号"),
    ("binary called csv", bytes(range(1, 255)) * 9, "text_encoding", "UTF-8"),
    ("broken characters", "户编号,姓名\n".encode() + b"\xff\xff\xff", "text_encoding", "GBK"),
    (
        "unclosed quotation",
        csv_bytes(GOOD).replace("王建国".encode(), '"王建国'.encode()),
        "text_broken",
        "第 3 行",
    ),
    (
        "a missing column",
        xlsx(GOOD, keys=without("id_number")),
        "list_columns_missing",
        "缺少列：证件号码",
    ),
    (
        "says what was found",
        xlsx(GOOD, keys=without("phone", "scheme")),
        "list_columns_missing",
        "已找到的列：序号、户编号",
    ),
    (
        "a column renamed",
        xlsx(GOOD, headers=HEADERS | {"deposits": "钱"}),
        "list_columns_missing",
        "申报存款",
    ),
    ("a column twice", xlsx(GOOD, keys=[*KEYS, "name"]), "list_columns_twice", "姓名"),
    (
        "one column by two names",
        xlsx(GOOD, keys=[*KEYS, "身份证号"]),
        "list_columns_twice",
        "证件号码",
    ),
    (
        "in ten thousands",
        xlsx(GOOD, headers=HEADERS | {"deposits": "申报存款（万元）"}),
        "list_column_unit",
        "申报存款(元)",
    ),
    ("headings only", xlsx([]), "list_no_rows", "至少填写一户"),
    ("headings only, csv", csv_bytes([]), "list_no_rows", "至少填写一户"),
    ("row numbers only", xlsx([{"row_no": 1}, {"row_no": 2}]), "list_no_rows", "至少填写一户"),
    ("too many rows", xlsx(GOOD * 5), "list_too_many_rows", "上限 24 行"),
    ("too many rows, csv", csv_bytes(GOOD * 5), "list_too_many_rows", "上限 24 行"),
    ("two lists", xlsx(GOOD, more={"Sheet2": LIST}), "list_several_sheets", "Sheet1、Sheet2"),
    (
        "a hidden list",
        xlsx(GOOD, more={"封面": [["核对"]]}, hide=True),
        "list_sheets_hidden",
        "Sheet1",
    ),
]


@pytest.mark.parametrize(
    ("data", "code", "words"), [c[1:] for c in BAD_FILES], ids=[c[0] for c in BAD_FILES]
)
def test_a_file_that_is_no_list_is_refused(data, code, words):
    with pytest.raises(Fault) as caught:
        read_sheet(data, "名单.xlsx", max_rows=24)

    assert caught.value.code == code
    assert words in str(caught.value)


def test_the_list_just_at_the_limit_is_taken():
    assert read_sheet(xlsx(GOOD), "名单.xlsx", max_rows=5).frame.height == 5


def told(data: bytes) -> str:
    """What is said of ``data``; anything but a fault goes through and fails the test."""
    try:
        read_sheet(data, "名单.xlsx")
    except Fault as fault:
        return str(fault)
    return "taken"


def test_no_damaged_workbook_ends_in_anything_but_a_fault():
    for at in range(0, len(WORKBOOK), 97):
        damaged = bytearray(WORKBOOK)
        damaged[at] ^= 0xFF
        assert told(bytes(damaged))


def test_no_damaged_sheet_ends_in_anything_but_a_fault():
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        xml = archive.read(SHEET)
    for found in list(re.finditer(rb'[<"]', xml))[::40]:
        damaged = xml[: found.start()] + xml[found.end() :]
        assert told(with_part(WORKBOOK, SHEET, lambda _, new=damaged: new))
