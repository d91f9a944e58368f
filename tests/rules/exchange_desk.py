"""A request of 榆树市 to a sharing unit, and a clerk there who fills in the template by hand.

The clerk edits the real template's XML, so that what is read back is what was made.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from app.exchange.medium.asked import AskedLine, AskedRequest, ListLine, PackageHead
from app.exchange.medium.item_columns import item_headers
from app.exchange.medium.package import make_package
from app.exchange.medium.replies import CheckedReply, ReplyLimits
from app.exchange.medium.reply_file import read_reply
from app.exchange.medium.stamp import make_stamp
from tenants.catalogue import catalogue
from tenants.catalogue.outcomes import Outcome
from tenants.untrusted.archive import Archive, ArchiveLimits

KEY = b"a key of thirty-two bytes or more"
PASSWORD = "QZT2R-99TB7-GQ47Z-5B4X7-7HEMJ"
TODAY = date(2024, 5, 20)
HOUSES, VEHICLES, DEPOSITS = 601, 302, 1601
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def line(number: int, name: str, id_number: str, *items: int) -> ListLine:
    """A subject of the demonstration county with an authorisation of half a year."""
    signed, ends = date(2024, 5, 1), date(2024, 10, 31)
    return ListLine(number, name, "居民身份证", id_number, items, signed, ends)


LINES = (
    line(1, "王秀兰", "220182195803122248", HOUSES, VEHICLES, DEPOSITS),
    line(2, "李建国", "22018219620417123X", HOUSES, DEPOSITS),
    line(3, "阿依古丽·买买提", "220182198111030621", HOUSES),
)
ITEMS = catalogue().items
_HEAD = PackageHead(
    agency_code="220182",
    agency_name="榆树市社会救助家庭经济状况核对中心",
    unit_id=7,
    unit_name="榆树市不动产登记中心",
    request_no="220182-2024-0005",
    period=202405,
    made_on=date(2024, 5, 11),
    due_in_working_days=7,
    legal_basis="吉民发〔2017〕58号第七条，用于社会救助家庭经济状况核对",
)
HEAD = replace(_HEAD, stamp=make_stamp(KEY, _HEAD, LINES))


@cache
def package(head: PackageHead = HEAD, lines: tuple[ListLine, ...] = LINES) -> bytes:
    """The package as it leaves."""
    return make_package(head, lines, ITEMS, PASSWORD)


@cache
def contents(head: PackageHead = HEAD, lines: tuple[ListLine, ...] = LINES) -> dict[str, bytes]:
    """The files of the package, unpacked with the password."""
    archive = Archive(package(head, lines), ArchiveLimits(), PASSWORD)
    return {name: archive.read(name) for name in archive.names}


def asked(
    head: PackageHead = HEAD,
    lines: tuple[ListLine, ...] = LINES,
    answered: Mapping[tuple[int, int], Outcome] | None = None,
) -> AskedRequest:
    """The request as the agency remembers it."""
    return AskedRequest(
        request_no=head.request_no,
        stamp=head.stamp,
        unit_name=head.unit_name,
        lines={one.line_no: AskedLine(one.name, one.id_number, one.items) for one in lines},
        items=ITEMS,
        answered=answered or {},
    )


def read(
    data: bytes,
    filename: str = "反馈.xlsx",
    password: str | None = PASSWORD,
    request: AskedRequest | None = None,
    limits: ReplyLimits | None = None,
) -> CheckedReply:
    """Read a reply on the demonstration's day."""
    return read_reply(
        data, filename, request or asked(), password, limits or ReplyLimits(), today=TODAY
    )


class Clerk:
    """Somebody at the sharing unit with the template open."""

    def __init__(self, template: bytes | None = None) -> None:
        with zipfile.ZipFile(io.BytesIO(template or contents()["反馈模板.xlsx"])) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}
        book = ET.fromstring(self.parts["xl/workbook.xml"])
        self.titles = [sheet.attrib["name"] for sheet in book.iter(f"{MAIN}sheet")]

    def write(self, item: int, row: int, **cells: Any) -> "Clerk":
        """Write cells of sheet row ``row`` (2 is the first asked row) by header."""
        headers = item_headers(ITEMS[item])
        for header, value in cells.items():
            place = next(
                n for n, h in enumerate(headers) if h == header or h.startswith(f"{header}(")
            )
            self.put(self.part_of(str(item)), row, place, value)
        return self

    def head(self, label: str, value: str) -> "Clerk":
        """Overwrite a value on the sheet 说明; an empty one takes the label away as well."""
        rows = {"申请编号": 3, "信息共享单位": 6, "模板版本": 12, "校验码": 13}
        self.put(self.part_of("说明"), rows[label], 1, value)
        return self

    def part_of(self, start: str) -> str:
        """The part of the sheet whose title starts so."""
        place = next(n for n, title in enumerate(self.titles, 1) if title.startswith(start))
        return f"xl/worksheets/sheet{place}.xml"

    def put(self, part: str, row: int, column: int, value: Any) -> None:
        """Write one cell: text as text, numbers and dates as numbers, ``=…`` as a formula."""
        sheet = ET.fromstring(self.parts[part])
        data = sheet.find(f"{MAIN}sheetData")
        assert data is not None
        cell = _cell(_row(data, row), f"{chr(65 + column)}{row}")
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if isinstance(value, str) and value.startswith("="):
            ET.SubElement(cell, f"{MAIN}f").text = value[1:]
            ET.SubElement(cell, f"{MAIN}v").text = "1"
        elif isinstance(value, str):
            cell.set("t", "inlineStr")
            ET.SubElement(ET.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = value
        else:
            days = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
            ET.SubElement(cell, f"{MAIN}v").text = repr(days)
        self.parts[part] = _xml(sheet)

    def rename(self, old: str, new: str) -> "Clerk":
        """Rename a sheet."""
        book = self.parts["xl/workbook.xml"]
        assert old.encode() in book
        self.parts["xl/workbook.xml"] = book.replace(old.encode(), new.encode())
        return self

    def save(self) -> bytes:
        """The workbook, saved."""
        return zipped(self.parts)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A plain ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return buffer.getvalue()


HOUSE = {
    "查询结果": "有记录",
    "不动产权证号": "吉(2019)榆树市不动产权第0000123号",
    "用途": "住宅",
    "建筑面积": 85.6,
    "登记日期": date(2019, 3, 1),
    "权属状态": "现势",
    "数据截至日期": date(2024, 5, 15),
}
DEPOSIT = {
    "查询结果": "有记录",
    "开户机构": "榆树农商行",
    "账号": "6228480402564890018",
    "存款种类": "定期",
    "余额": 12345.67,
    "余额日期": date(2024, 4, 30),
    "数据截至日期": date(2024, 5, 15),
}
NOTHING = {"查询结果": "无记录", "数据截至日期": "2024-05-15"}


def _row(data: ET.Element, number: int) -> ET.Element:
    for row in data:
        if int(row.attrib["r"]) == number:
            return row
    row = ET.SubElement(data, f"{MAIN}row", r=str(number))
    data[:] = sorted(data, key=lambda each: int(each.attrib["r"]))
    return row


def _cell(row: ET.Element, reference: str) -> ET.Element:
    for cell in row:
        if cell.attrib["r"] == reference:
            return cell
    cell = ET.SubElement(row, f"{MAIN}c", r=reference)
    row[:] = sorted(row, key=lambda each: each.attrib["r"])
    return cell


def _xml(element: ET.Element) -> bytes:
    ET.register_namespace("", MAIN[1:-1])
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ET.register_namespace("r", rels)
    return bytes(ET.tostring(element, encoding="UTF-8", xml_declaration=True))
