"""Opening a returned file: the filled workbook itself, or a ZIP with it or with csv files."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from app.exchange.medium.cells import Cell, text_of
from app.exchange.medium.item_columns import column_letters
from app.exchange.medium.layout import layout
from app.exchange.medium.manifest import head_of_manifest, read_manifest
from app.exchange.messages import WANTED_REPLY, WANTED_WORKBOOK
from tenants.messages import Fault
from tenants.untrusted.archive import Archive, check_size
from tenants.untrusted.gate import require_kind
from tenants.untrusted.kinds import FileKind
from tenants.untrusted.text import read_csv
from tenants.untrusted.workbook import WorkbookLimits, inspect_workbook, refuse_formulas

_ITEM_CODE = re.compile(r"^\s*(\d{3,4})(?!\d)")
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\.~lock\.)", re.I)


@dataclass(frozen=True)
class Table:
    """One data item's rows as they lie in the file; row ``i`` is the sheet's row ``i + 1``."""

    title: str
    item: int
    rows: Sequence[Sequence[Cell]]


@dataclass
class OpenedReply:
    """What a returned file holds, before anything in it is believed.

    ``heads`` are the heads found (of the workbook, of a manifest), ``unchanged`` the files that
    should have come back as they left.
    """

    heads: list[Mapping[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    manifest: Mapping[str, Any] | None = None
    unchanged: dict[str, bytes] = field(default_factory=dict)


def open_reply(
    data: bytes, filename: str, password: str | None, limits: WorkbookLimits
) -> OpenedReply:
    """Take the file apart; raises the ``file_*``, ``archive_*``, ``workbook_*`` faults and
    ``reply_sheet_unknown``, ``reply_file_unknown``, ``reply_two_workbooks``, ``reply_nothing``.
    """
    check_size(data, limits.archive)
    kind = require_kind(data, {FileKind.XLSX, FileKind.ZIP}, WANTED_REPLY)
    if not filename.lower().endswith((".xlsx", ".zip")):
        raise Fault("reply_file_name")
    opened = OpenedReply()
    if kind is FileKind.XLSX:
        _take_workbook(opened, data, limits)
    else:
        _take_archive(opened, Archive(data, limits.archive, password), limits)
    if not opened.tables:
        raise Fault("reply_nothing")
    return opened


def _take_archive(opened: OpenedReply, archive: Archive, limits: WorkbookLimits) -> None:
    files = layout().files
    workbooks = 0
    for place, name in enumerate(archive.names, start=1):
        base = PurePosixPath(name.replace("\\", "/")).name
        if _JUNK.search(name):
            continue
        if base == files.manifest:
            opened.manifest = read_manifest(archive.read(name))
            opened.heads.append(head_of_manifest(opened.manifest))
        elif base in (files.list, files.notes):
            opened.unchanged[base] = archive.read(name)
        elif base.lower().endswith(".xlsx"):
            workbooks += 1
            if workbooks > 1:
                raise Fault("reply_two_workbooks", place=place)
            content = archive.read(name)
            require_kind(content, {FileKind.XLSX}, WANTED_WORKBOOK)
            _take_workbook(opened, content, limits)
        elif base.lower().endswith(".csv"):
            _take_csv(opened, base, archive.read(name), limits)
        else:
            raise Fault("reply_file_unknown", place=place)


def _take_csv(opened: OpenedReply, base: str, data: bytes, limits: WorkbookLimits) -> None:
    code = _ITEM_CODE.match(base)
    title = f"{code[1]}.csv" if code else f"{layout().sheets.head}.csv"
    if code is None and not base.startswith(layout().sheets.head):
        raise Fault("reply_csv_name")
    rows = read_csv(data, limits.max_rows, title, strict=True)
    if code is None:
        opened.heads.append(_read_head(rows))
        return
    _refuse_csv_formulas(rows, title)
    opened.tables.append(Table(title, int(code[1]), rows))


def _refuse_csv_formulas(rows: Sequence[Sequence[str]], title: str) -> None:
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            if text.startswith(("=", "@")):
                raise Fault(
                    "workbook_formula", sheet=title, cell=f"{column_letters(column)}{number}"
                )


def _take_workbook(opened: OpenedReply, data: bytes, limits: WorkbookLimits) -> None:
    shapes = inspect_workbook(data, limits)
    refuse_formulas(shapes)
    sheets = layout().sheets
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in book.sheets_metadata:
            if sheet.name == sheets.codes or sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            if sheet.name == sheets.head:
                opened.heads.append(_read_head(rows))
            elif code := _ITEM_CODE.match(sheet.name):
                opened.tables.append(Table(sheet.name, int(code[1]), rows))
            elif rows:
                raise Fault("reply_sheet_unknown", sheet=sheet.name)
    except CalamineError as error:
        raise Fault("workbook_broken") from error


def _read_head(rows: Sequence[Sequence[Cell]]) -> dict[str, str]:
    """The head's values by code name, from a sheet of labels in A and values in B."""
    names = {label: name for name, label in layout().head.items()}
    found: dict[str, str] = {}
    for row in rows:
        cells = [text for cell in row if (text := text_of(cell))]
        if len(cells) >= 2 and (name := names.get(cells[0].rstrip(layout().marks["colon"] + ":"))):
            found.setdefault(name, cells[1])
    return found
