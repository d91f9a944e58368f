"""Files that the upload page must refuse whole, and what it must say of each.

``BAD_FILES`` of the rules are sent as well; here stands what only makes sense with more of a file.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.files.lists import GOOD, HEADERS, HERE, csv_bytes, with_part, xlsx
from tests.files.ooxml import EXCEL, Page, workbook

SHEET = "xl/worksheets/sheet1.xml"
HEADINGS = list(HEADERS.values())
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


@dataclass(frozen=True)
class Sent:
    """A file as somebody sends it, and words of the answer: what, and what would be right."""

    data: bytes
    words: tuple[str, ...]
    name: str = "名单.xlsx"


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def nested(depth: int) -> bytes:
    data = xlsx(GOOD)
    for _ in range(depth):
        data = zipped(**{"名单.zip": data})
    return data


def in_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return with_part(xlsx(GOOD), SHEET, change)


def before_end(xml: bytes) -> bytes:
    return in_sheet(lambda sheet: sheet.replace(b"</sheetData>", xml + b"</sheetData>"))


def empty_rows(count: int) -> bytes:
    """So many rows, each with one blank text at its end: a table dragged down without end."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t> </t></is></c></row>' % (n, n)
        for n in range(10, 1_048_576, 1_048_576 // count)
    )
    return before_end(rows + b'<row r="2000000"><c r="A2000000"><v>1</v></c></row>')


def macro_book() -> bytes:
    return with_part(xlsx(GOOD), "xl/vbaProject.bin", lambda _: b"\xd0\xcf")


def binary_book() -> bytes:
    return zipped(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01"})


def utf16_sheet() -> bytes:
    return in_sheet(lambda sheet: sheet.decode().replace("UTF-8", "UTF-16").encode("utf-16"))


def mixed_encodings() -> bytes:
    good, bad = csv_bytes(GOOD).splitlines(True), csv_bytes(GOOD, "gbk").splitlines(True)
    return b"".join([*good[:3], *bad[3:], b"\xff\xff"])


ONCE = csv_bytes(GOOD)

FILES = {
    "nothing": Sent(b"", ("0 字节", "重新导出")),
    "a space": Sent(b" ", ("没有找到表头", "按模板")),
    "zip in zip": Sent(nested(2), ("ZIP 压缩包", ".xlsx")),
    "billion laughs": Sent(in_sheet(lambda x: x.replace(b"?>", b"?>" + LAUGHS, 1)), ("另存为",)),
    "a definition elsewhere": Sent(
        in_sheet(lambda x: x.replace(b"?>", b"?>" + OUTSIDE, 1)), ("另存为 .xlsx",)
    ),
    "two million rows": Sent(empty_rows(200), ("第 2000000 行", "上限", "多余的内容")),
    "16,385 columns": Sent(
        before_end(b'<row r="9"><c r="XFE9"><v>1</v></c></row>'), ("第 16385 列", "上限 100 列")
    ),
    "101 columns of text": Sent(
        (",".join(HEADINGS + ["x"] * (101 - len(HEADINGS))) + "\n").encode(),
        ("第 101 列", "上限 100 列"),
        "名单.csv",
    ),
    "ten megabytes in a cell": Sent(
        before_end(
            b'<row r="9"><c r="A9" t="inlineStr"><is><t>'
            + b"x" * (10 << 20)
            + b"</t></is></c></row>"
        ),
        ("另存为",),
    ),
    "ten megabytes in a field": Sent(
        ONCE + b"x" * (10 << 20), ("第 ", "csv", "另存为"), "名单.csv"
    ),
    "macros": Sent(macro_book(), ("含宏", ".xlsx"), "名单.xlsm"),
    "binary workbook": Sent(binary_book(), ("xlsb", ".xlsx"), "名单.xlsb"),
    "sheet in UTF-16": Sent(utf16_sheet(), ("另存为",)),
    "two encodings": Sent(mixed_encodings(), ("编码", "UTF-8 或 GBK"), "名单.csv"),
    "NUL in the middle": Sent(ONCE[:99] + b"\x00" + ONCE[99:], ("无法识别", ".xlsx"), "名单.csv"),
    "NUL far below": Sent(ONCE * 9 + b"\x00", ("编码", "UTF-8"), "名单.csv"),
    "a picture called xlsx": Sent(b"\x89PNG\r\n\x1a\n" + bytes(99), ("图片", ".xlsx")),
    "a photograph": Sent(b"\xff\xd8\xff\xe0" + bytes(99), ("图片",)),
    "a PDF": Sent(b"%PDF-1.4\n", ("PDF", ".xlsx"), "名单.pdf"),
    "a 7z": Sent(b"7z\xbc\xaf\x27\x1c" + bytes(20), ("7z",)),
    "a rar": Sent(b"Rar!\x1a\x07\x00" + bytes(20), ("RAR",)),
    "a gzip": Sent(b"\x1f\x8b\x08" + bytes(20), ("gzip",)),
    "a web page": Sent(b"<html><body><table><tr><td>1</table>", ("网页", ".xlsx"), "名单.xls"),
    "a program": Sent(b"MZ\x90\x00" + bytes(200), ("无法识别", ".xlsx"), "名单.exe"),
    "an old document": Sent(
        (HERE / "list_libreoffice.xls").read_bytes()[:3000], ("另存为",), "名单.xls"
    ),
    "only a title": Sent("双阳区核对名单\n".encode(), ("没有找到表头", "模板"), "名单.csv"),
    "a hidden list": Sent(
        workbook(EXCEL, [Page("封面", [["x"]]), Page("名单", [HEADINGS], state="hidden")]),
        ("“名单”被隐藏", "取消隐藏"),
    ),
    "a very hidden list": Sent(
        workbook(EXCEL, [Page("封面", [["x"]]), Page("名单", [HEADINGS], state="veryHidden")]),
        ("被隐藏",),
    ),
    "a name that climbs": Sent(b"", ("0 字节",), "../../etc/passwd"),
    "a relation that leads out": Sent(
        with_part(
            xlsx(GOOD),
            "xl/_rels/workbook.xml.rels",
            lambda x: x.replace(b"worksheets/sheet1.xml", b"../../../etc/passwd"),
        ),
        ("另存为",),
    ),
    "a sheet that is not there": Sent(
        with_part(
            xlsx(GOOD),
            "xl/_rels/workbook.xml.rels",
            lambda x: x.replace(b"sheet1.xml", b"sheet9.xml"),
        ),
        ("另存为",),
    ),
}

# A whole list whose first household has what is said; the second is right.
ROWS: dict[str, tuple[dict[str, object], str, str]] = {
    "30 February": ({"authorised_on": "2026-02-30"}, "授权日期", "没有这一天"),
    "a day to come": ({"authorised_on": "2026-12-31"}, "授权日期", "晚于今天"),
    "a consent that ended": (
        {"authorised_on": "2025-01-01", "authorisation_expires_on": "2025-12-31"},
        "授权有效期至",
        "重新签署",
    ),
    "less than nothing": ({"monthly_income": "-1"}, "申报月收入", "填 0"),
    "too much": ({"deposits": "100000000001"}, "申报存款", "100 亿"),
    "ten thousands": ({"deposits": "1.5万元"}, "申报存款", "15000"),
    "a wrong last figure": ({"id_number": "220112197803150021"}, "证件号码", "末位应为"),
    "15 figures": ({"id_number": "220112780315002"}, "证件号码", "15位"),
    "17 figures": ({"id_number": "22011219780315002"}, "证件号码", "17位"),
    "a letter in the number": ({"id_number": "2201121978O3150023"}, "证件号码", "第11位"),
    "powers of ten": ({"id_number": "2.20112E+17"}, "证件号码", "科学计数法"),
    "an error of a formula": ({"monthly_income": "#N/A"}, "申报月收入", "公式出错"),
    "looks like a formula": ({"name": "=1+1"}, "姓名", "= + - @"),
    "a lost character": ({"name": "张?兰"}, "姓名", "生僻字"),
    "a character of one's own": ({"name": "张\ue863"}, "姓名", "造字区"),
    "no such relation": ({"relation": "邻居"}, "与户主关系", "GB/T 4761"),
    "no applicant": ({"relation": "配偶"}, "与户主关系", "没有户主或本人"),
    "no such place": ({"registered_region": "桃花源"}, "户籍所在地", "6 位代码"),
    "half a house": ({"houses": "0.5"}, "申报房产", "整数"),
    "no phone": ({"phone": ""}, "联系电话", "未成年人"),
    "nobody's scheme": ({"scheme": "养老"}, "救助项目", "最低生活保障"),
}
