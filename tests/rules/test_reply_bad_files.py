"""Files that are refused whole: each ends in words that say what is wrong and what would be right."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import pyzipper

from app.exchange.medium.item_columns import item_headers
from app.exchange.medium.replies import ReplyLimits
from app.exchange.medium.stamp import make_stamp
from tenants.messages import Fault
from tenants.untrusted.archive import ArchiveLimits
from tenants.untrusted.workbook import WorkbookLimits
from tests.rules.exchange_desk import (
    DEPOSIT,
    DEPOSITS,
    HEAD,
    HOUSE,
    HOUSES,
    ITEMS,
    KEY,
    LINES,
    NOTHING,
    PASSWORD,
    VEHICLES,
    Clerk,
    contents,
    package,
    read,
    zipped,
)

Made = bytes | tuple[bytes, str, str | None]
ZIP = "反馈.zip"
SMALL = ReplyLimits(
    WorkbookLimits(ArchiveLimits(max_bytes=10**6, max_unpacked=2 * 10**6), 2000, 40, 50_000)
)


def clerk() -> Clerk:
    return Clerk().write(HOUSES, 2, **NOTHING)


def template() -> bytes:
    return contents()["反馈模板.xlsx"]


def bundle(**files: bytes) -> bytes:
    """A ZIP of the filled template and more files."""
    return zipped({"反馈模板.xlsx": clerk().save(), **files})


def manifest(**changes: Any) -> bytes:
    """The manifest with something changed in it, or in its head."""
    content = json.loads(contents()["manifest.json"])
    for key, value in changes.items():
        where = content["head"] if key in content["head"] else content
        where[key] = value
    return json.dumps(content, ensure_ascii=False).encode()


def csv_zip(name: str, *lines: str, encoding: str = "utf-8") -> tuple[bytes, str, str]:
    """A ZIP of a csv and the manifest."""
    text = "\r\n".join((",".join(item_headers(ITEMS[VEHICLES])), *lines))
    return zipped({"manifest.json": manifest(), name: text.encode(encoding)}), ZIP, PASSWORD


def other_request() -> bytes:
    other = replace(HEAD, request_no="220182-2024-0004", stamp="")
    stamped = replace(other, stamp=make_stamp(KEY, other, LINES))
    return contents(stamped)["反馈模板.xlsx"]


def other_unit() -> bytes:
    other = replace(HEAD, unit_name="榆树市公安局", unit_id=8, stamp="")
    stamped = replace(other, stamp=make_stamp(KEY, other, LINES))
    return contents(stamped)["反馈模板.xlsx"]


def archive(password: str | None = None, **files: bytes) -> bytes:
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", encryption=pyzipper.WZ_AES if password else None) as file:
        if password:
            file.setpassword(password.encode())
        for name, data in files.items():
            file.writestr(name, data)
    return buffer.getvalue()


def altered_byte() -> bytes:
    """The package with one bit of its ciphertext turned on the way."""
    data = bytearray(package())
    data[len(data) // 3] ^= 1
    return bytes(data)


def path(name: str) -> tuple[bytes, str, str]:
    return zipped({name: clerk().save()}), ZIP, PASSWORD


def link() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        info = zipfile.ZipInfo("反馈模板.xlsx")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("反馈模板.xlsx", template())
        file.writestr("反馈模板.XLSX", template())
    return buffer.getvalue()


def bzip2() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as file:
        file.writestr("反馈模板.xlsx", template())
    return buffer.getvalue()


def lying_bomb() -> bytes:
    """A bomb whose directory claims a thousand bytes."""
    data = bytearray(zipped({"反馈模板.xlsx": bytes(30 * 10**6)}))
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.rindex(magic)
        struct.pack_into("<I", data, start + place, 1000)
    return bytes(data)


def with_part(name: str, data: bytes) -> bytes:
    one = clerk()
    one.parts[name] = data
    return one.save()


def far_cell(reference: str) -> bytes:
    """One cell at the end of the world: a reader would allocate everything up to it."""
    one = clerk()
    part = one.part_of("601")
    row = "".join(filter(str.isdigit, reference))
    cell = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'
    text = one.parts[part].decode()
    one.parts[part] = text.replace("</sheetData>", cell).encode()
    assert reference in one.parts[part].decode()
    return one.save()


def hidden_cell() -> bytes:
    """The same, spelled so that a careless measurement would miss it."""
    one = clerk()
    part = one.part_of("601")
    cell = "<row r='9'><c t='n' r='XFD1048576'><v>1</v></c></row></sheetData>"
    one.parts[part] = one.parts[part].replace(b"</sheetData>", cell.encode())
    return one.save()


def without(header: str) -> bytes:
    column = item_headers(ITEMS[HOUSES]).index(header)
    one = clerk()
    one.put(one.part_of("601"), 1, column, "")
    return one.save()


def cell(item: int, row: int, column: int, value: Any) -> bytes:
    one = clerk()
    one.put(one.part_of(str(item)), row, column, value)
    return one.save()


def doctype() -> bytes:
    one = clerk()
    book = one.parts["xl/workbook.xml"]
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    one.parts["xl/workbook.xml"] = book.replace(b"<workbook", bomb + b"<workbook", 1)
    return one.save()


def utf16() -> bytes:
    one = clerk()
    part = one.part_of("601")
    text = one.parts[part].decode().replace("UTF-8", "UTF-16")
    one.parts[part] = text.encode("utf-16")
    return one.save()


ROW = "1,王秀兰,220182195803122248,无记录,,2024-05-15,"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BAD_FILES: dict[str, tuple[Callable[[], Made], str]] = {
    "empty": (lambda: b"", "file_empty"),
    "an old xls": (lambda: (OLE, "反馈.xls", None), "file_kind_refused"),
    "a workbook with an opening password": (lambda: OLE, "file_kind_refused"),
    "a scan": (lambda: (b"%PDF-1.7\n", "反馈.pdf", None), "file_kind_refused"),
    "a photo called xlsx": (lambda: b"\xff\xd8\xff\xe0" + bytes(99), "file_kind_refused"),
    "a rar": (lambda: (b"Rar!\x1a\x07\x01\x00" + bytes(99), ZIP, PASSWORD), "file_kind_refused"),
    "a 7z": (lambda: (b"7z\xbc\xaf\x27\x1c" + bytes(99), ZIP, PASSWORD), "file_kind_refused"),
    "a bare csv": (lambda: (ROW.encode(), "302.csv", None), "file_kind_refused"),
    "noise": (lambda: bytes(range(256)), "file_kind_refused"),
    "a Word document": (
        lambda: zipped({"[Content_Types].xml": b"", "word/document.xml": b""}),
        "file_kind_refused",
    ),
    "an ods": (lambda: zipped({"mimetype": b"", "content.xml": b""}), "file_kind_refused"),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), "file_kind_refused"),
    "a strange file name": (lambda: (clerk().save(), "反馈.exe", None), "reply_file_name"),
    "too large": (lambda: template() + bytes(10**6), "file_too_large"),
    "cut off": (lambda: template()[:-200], "archive_broken"),
    "cut off early": (lambda: package()[:900], "archive_broken"),
    "a zip bomb": (lambda: (bundle(x=bytes(3 * 10**6)), ZIP, PASSWORD), "archive_bomb"),
    "a bomb inside the workbook": (
        lambda: with_part("xl/media/a.png", bytes(3 * 10**6)),
        "archive_bomb",
    ),
    "a bomb that lies about its size": (
        lambda: (lying_bomb(), ZIP, PASSWORD),
        "archive_file_broken",
    ),
    "ten thousand files": (
        lambda: (bundle(**{f"{n}.txt": b"" for n in range(500)}), ZIP, PASSWORD),
        "archive_entries",
    ),
    "a path upwards": (lambda: path("../../反馈模板.xlsx"), "archive_path"),
    "a path upwards, Windows": (lambda: path("a\\..\\..\\反馈模板.xlsx"), "archive_path"),
    "an absolute path": (lambda: path("/etc/反馈模板.xlsx"), "archive_path"),
    "a drive": (lambda: path("C:\\反馈模板.xlsx"), "archive_path"),
    "a link": (lambda: (link(), ZIP, PASSWORD), "archive_path"),
    "the same name twice": (lambda: (twice(), ZIP, PASSWORD), "archive_twice"),
    "a rare compression": (lambda: (bzip2(), ZIP, PASSWORD), "archive_method"),
    "a wrong password": (lambda: (package(), ZIP, PASSWORD[:-1] + "K"), "archive_password_wrong"),
    "no password": (lambda: (package(), ZIP, None), "archive_password_needed"),
    "another package's password": (
        lambda: (archive("another", **{"反馈模板.xlsx": template()}), ZIP, PASSWORD),
        "archive_password_wrong",
    ),
    "an altered byte": (lambda: (altered_byte(), ZIP, PASSWORD), "archive_locked_or_broken"),
    "an old xls inside": (
        lambda: (zipped({"反馈模板.xlsx": OLE}), ZIP, PASSWORD),
        "file_kind_refused",
    ),
    "two workbooks": (
        lambda: (bundle(**{"b.xlsx": template()}), ZIP, PASSWORD),
        "reply_two_workbooks",
    ),
    "a program inside": (lambda: (bundle(**{"a.exe": b"MZ"}), ZIP, PASSWORD), "reply_file_unknown"),
    "nothing inside": (lambda: (zipped({"说明.txt": b"x"}), ZIP, PASSWORD), "reply_nothing"),
    "a csv without a code": (lambda: csv_zip("机动车.csv", ROW), "reply_csv_name"),
    "a csv in no encoding": (
        lambda: (zipped({"302.csv": b"\xff\xff\x00\x01"}), ZIP, PASSWORD),
        "text_encoding",
    ),
    "a csv with an open quotation mark": (lambda: csv_zip("302.csv", '"' + ROW), "text_broken"),
    "a csv with a formula": (
        lambda: csv_zip("302.csv", ROW.replace("220182195803122248", '="220182195803122248"')),
        "workbook_formula",
    ),
    "a csv alone, without manifest": (
        lambda: (zipped({"302.csv": csv_zip("302.csv", ROW)[0][:0] + ROW.encode()}), ZIP, PASSWORD),
        "reply_stamp_missing",
    ),
    "the stamp wiped out": (lambda: clerk().head("校验码", "").save(), "reply_stamp_missing"),
    "the sheet with the head renamed": (
        lambda: clerk().rename("说明", "9999 说明").save(),
        "reply_stamp_missing",
    ),
    "a made-up stamp": (
        lambda: clerk().head("校验码", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF").save(),
        "reply_stamp_wrong",
    ),
    "another request's": (other_request, "reply_other_request"),
    "another request's number on our stamp": (
        lambda: clerk().head("申请编号", "220182-2024-0006").save(),
        "reply_other_request",
    ),
    "another unit's": (other_unit, "reply_other_unit"),
    "a template of another version": (
        lambda: clerk().head("模板版本", "0").save(),
        "reply_version",
    ),
    "a manifest that is none": (
        lambda: (bundle(**{"manifest.json": b"{"}), ZIP, PASSWORD),
        "reply_manifest_unreadable",
    ),
    "a manifest too deep to read": (
        lambda: (bundle(**{"manifest.json": b"[" * 10**5}), ZIP, PASSWORD),
        "reply_manifest_unreadable",
    ),
    "a manifest of a later version": (
        lambda: (bundle(**{"manifest.json": manifest(version=2)}), ZIP, PASSWORD),
        "reply_manifest_unreadable",
    ),
    "another unit in the manifest": (
        lambda: (bundle(**{"manifest.json": manifest(unit_name="榆树市公安局")}), ZIP, PASSWORD),
        "reply_other_unit",
    ),
    "another stamp in the manifest": (
        lambda: (bundle(**{"manifest.json": manifest(stamp="AAAA")}), ZIP, PASSWORD),
        "reply_stamp_wrong",
    ),
    "other counts in the manifest": (
        lambda: (
            bundle(**{"manifest.json": manifest(counts={"lines": 2, "asks": 6})}),
            ZIP,
            PASSWORD,
        ),
        "reply_manifest_altered",
    ),
    "a file missing from the manifest": (
        lambda: (bundle(**{"manifest.json": manifest(files=[])}), ZIP, PASSWORD),
        "reply_manifest_altered",
    ),
    "an altered list": (
        lambda: (
            bundle(**{"manifest.json": manifest(), "核对名单.xlsx": template()}),
            ZIP,
            PASSWORD,
        ),
        "reply_list_altered",
    ),
    "a foreign sheet": (
        lambda: clerk().rename("601 不动产登记", "汇总表").save(),
        "reply_sheet_unknown",
    ),
    "an item nobody asked": (
        lambda: clerk().rename("302 机动车辆权属", "303 出入境").save(),
        "reply_item_not_asked",
    ),
    "no outcome column": (lambda: without("查询结果"), "reply_columns_missing"),
    "no as-of column": (lambda: without("数据截至日期"), "reply_columns_missing"),
    "no column of the item": (lambda: without("权属状态"), "reply_columns_missing"),
    "a column twice": (lambda: cell(HOUSES, 1, 4, "姓名"), "reply_column_twice"),
    "a column of one's own": (lambda: cell(HOUSES, 3, 15, "是低保户"), "reply_column_unknown"),
    "no header at all": (
        lambda: (zipped({"manifest.json": manifest(), "302.csv": b"\r\n,,,\r\n"}), ZIP, PASSWORD),
        "reply_sheet_empty",
    ),
    "an identity number as a number": (
        lambda: clerk().write(HOUSES, 2, 证件号码=220182195803122248).save(),
        "reply_id_scientific",
    ),
    "an identity number in scientific notation": (
        lambda: clerk().write(HOUSES, 2, 证件号码="2.20182E+17").save(),
        "reply_id_scientific",
    ),
    "a formula for an outcome": (
        lambda: clerk().write(HOUSES, 3, 查询结果='=IF(1,"有记录","")').save(),
        "workbook_formula",
    ),
    "a formula for an amount": (
        lambda: clerk().write(DEPOSITS, 3, **{**DEPOSIT, "余额": "=SUM(1,2)"}).save(),
        "workbook_formula",
    ),
    "too many rows": (lambda: far_cell("A2001"), "workbook_too_many_rows"),
    "a cell in the last row of all": (lambda: far_cell("A1048576"), "workbook_too_many_rows"),
    "a cell in the last column of all": (lambda: far_cell("XFD9"), "workbook_too_many_columns"),
    "a far corner, small by rows and by columns": (
        lambda: far_cell("AN2000"),
        "workbook_too_many_cells",
    ),
    "two sheets of one name": (
        lambda: clerk().rename("302 机动车辆权属", "601 不动产登记").save(),
        "workbook_broken",
    ),
    "a far cell in disguise": (hidden_cell, "workbook_broken"),
    "entities in the XML": (doctype, "workbook_broken"),
    "a sheet in UTF-16": (utf16, "workbook_broken"),
    "no sheet behind the name": (
        lambda: with_part("xl/_rels/workbook.xml.rels", b"<a/>"),
        "workbook_broken",
    ),
    "broken XML in a sheet": (
        lambda: with_part("xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row"),
        "workbook_broken",
    ),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_refused_with_words(case: str) -> None:
    make, code = BAD_FILES[case]
    made = make()
    data, name, password = (made, "反馈.xlsx", PASSWORD) if isinstance(made, bytes) else made
    with pytest.raises(Fault) as refused:
        read(data, name, password, limits=SMALL)
    assert refused.value.code == code
    assert "{" not in str(refused.value)
    assert "请" in str(refused.value)


def test_the_same_file_made_right_is_taken() -> None:
    """The allowed control of all of the above."""
    assert read(clerk().save(), limits=SMALL).is_accepted
    assert read(*csv_zip("302.csv", ROW), limits=SMALL).is_accepted
    assert read(bundle(**{"manifest.json": manifest()}), ZIP, limits=SMALL).is_accepted
    assert read(clerk().write(HOUSES, 3, **HOUSE).save(), limits=SMALL).is_accepted


def test_no_private_data_stands_in_a_refusal() -> None:
    for make, _ in BAD_FILES.values():
        made = make()
        data, name = (made, "反馈.xlsx") if isinstance(made, bytes) else made[:2]
        with pytest.raises(Fault) as refused:
            read(data, name, "wrong", limits=SMALL)
        assert not any(one.name in str(refused.value) for one in LINES)
        assert not any(one.id_number in str(refused.value) for one in LINES)
