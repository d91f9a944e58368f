"""A file in a unit's own layout: its sheets, its stamp, and what it answers."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.exchange.layouts.converting import convert
from app.exchange.layouts.layout import ID_NUMBER, IGNORED, UnitLayout
from app.exchange.layouts.own_sheet import Converted, OwnSheet
from app.exchange.medium.asked import AskedRequest
from app.exchange.medium.layout import layout as words
from app.exchange.medium.replies import CheckedReply, Gathered, ReplyLimits
from app.exchange.medium.reply_file import checked_reply
from app.exchange.medium.reply_rows import read_table
from app.exchange.medium.stamp import same_stamp, stamps_in
from app.intake.grids import Grid, Opened
from app.intake.sheet import open_file
from tenants.messages import Fault, RowFault, say
from tenants.untrusted.archive import Archive
from tenants.untrusted.kinds import FileKind, kind_of

_ITEM_SHEET = re.compile(r"^\s*\d{3,4}(?!\d)")
_SHEET_FILES = (".xlsx", ".xls", ".ods", ".csv", ".txt")
_LOOKED_AT = 30

Known = Callable[[Sequence[str]], UnitLayout | None]


@dataclass(frozen=True)
class OwnFile:
    """An opened file that is not our template; ``names``: what it and its parts are called."""

    opened: Opened
    names: tuple[str, ...]

    @property
    def sheets(self) -> list[Grid]:
        """The visible sheets that hold a table."""
        return [g for g in self.opened.visible if g.frame.width > 2 and g.frame.height > 1]


def open_own(
    data: bytes, filename: str, password: str | None, limits: ReplyLimits
) -> OwnFile | None:
    """The file, when it is a table of another layout than ours; ``None`` for our template, and
    for what is no table at all, which the template's reader refuses with its own words.

    Raises ``archive_*``, ``workbook_*`` and ``text_*``.
    """
    own = open_table(data, filename, password, limits)
    if own is None or not own.sheets:
        return None
    titles = [grid.name or "" for grid in own.opened.grids]
    is_ours = any(title == words().sheets.head or _ITEM_SHEET.match(title) for title in titles)
    return None if is_ours else own


def open_table(
    data: bytes, filename: str, password: str | None, limits: ReplyLimits
) -> OwnFile | None:
    """The file, or the only table in a ZIP, whosever layout it has; ``None`` for what is no table.

    Raises ``archive_*``, ``workbook_*`` and ``text_*``.
    """
    names = [filename]
    kind = kind_of(data)
    if kind is FileKind.ZIP:
        archive = Archive(data, limits.workbook.archive, password)
        inner = [name for name in archive.names if name.lower().endswith(_SHEET_FILES)]
        if len(inner) != 1 or words().files.manifest in archive.names:
            return None
        names += inner
        data = archive.read(inner[0])
        kind = kind_of(data)
    if kind not in (FileKind.XLSX, FileKind.OLE, FileKind.ODS, FileKind.TEXT):
        return None
    opened = open_file(data, names[-1], max_rows=limits.workbook.max_rows)
    return OwnFile(opened, tuple(names))


def check_stamp(own: OwnFile, asked: AskedRequest, *, is_known: bool) -> None:
    """The file bears this request's stamp, in a cell, a sheet's or the file's name; ``is_known``:
    it was found with the upload, or copied from the sealed letter that came with the file.

    Raises ``own_stamp_missing`` and ``own_stamp_other``.
    """
    found = [stamp for text in _texts(own) for stamp in stamps_in(text)]
    if any(same_stamp(asked.stamp, stamp) for stamp in found):
        return
    if found:
        raise Fault("own_stamp_other")
    if not is_known:
        raise Fault("own_stamp_missing")


def _texts(own: OwnFile) -> Iterator[str]:
    yield from own.names
    for grid in own.opened.visible:
        yield grid.name or ""
        for part in (grid.frame.head(_LOOKED_AT), grid.frame.tail(_LOOKED_AT)):
            for row in part.drop("sheet_row", strict=False).iter_rows():
                yield from (cell for cell in row if cell)


def unexplained(own: OwnFile, known: Known) -> list[Grid]:
    """The sheets of whose headings nobody said anything yet."""
    return [grid for grid in own.sheets if known_at(grid, known) is None]


def known_at(grid: Grid, known: Known) -> tuple[int, UnitLayout] | None:
    """The heading row, from 0, of a sheet whose layout is known."""
    for row, cells in enumerate(grid.first_rows):
        if layout := known([cell or "" for cell in cells]):
            return row, layout
    return None


def read_own(
    own: OwnFile,
    chosen: Sequence[tuple[Grid, int, UnitLayout]],
    asked: AskedRequest,
    told: date | None,
    today: date,
    limits: ReplyLimits,
) -> CheckedReply:
    """What the sheets answer, each read by its layout and held against what was asked.

    Raises the faults of the file; faults of rows are in the result, by the unit's own headings.
    """
    gathered = Gathered(limits.max_faults)
    read = [part for part in chosen if part[2].item != IGNORED]
    if not read:
        raise Fault("own_nothing")
    for grid, header, layout in read:
        _refuse_lost_figures(own, grid, header, layout)
        made = convert(own_sheet(grid, header), layout, asked, told)
        for fault in made.faults:
            gathered.add_fault(fault)
        before = len(gathered.faults)
        for table in made.tables:
            read_table(table, asked, today, gathered)
        gathered.faults[before:] = [_in_their_words(f, made) for f in gathered.faults[before:]]
    return checked_reply(gathered, asked)


def own_sheet(grid: Grid, header: int) -> OwnSheet:
    """A sheet under its heading row, as texts."""
    title = grid.name or say("own_csv")
    above = [tuple(cell or "" for cell in cells) for cells in grid.first_rows[: header + 1]]
    rows = [
        (int(cells[-1]), tuple(cell or "" for cell in cells[:-1]))
        for cells in grid.frame.slice(header + 1).iter_rows()
    ]
    return OwnSheet(title, header, above[header], above[:header], rows)


def _refuse_lost_figures(own: OwnFile, grid: Grid, header: int, layout: UnitLayout) -> None:
    """Identity numbers that were made numbers, and values that are still formulas."""
    raw = own.opened.look(grid, layout.places[ID_NUMBER])
    title = grid.name or say("own_csv")
    for row in raw.numbers:
        if row > header + 1:
            raise Fault("own_id_scientific", sheet=title, row=row)
    for row, place in raw.formulas:
        if row > header + 1 and place in layout.places.values():
            raise Fault("own_formula", sheet=title, row=row)


def _in_their_words(fault: RowFault, made: Converted) -> RowFault:
    """A fault's column as our header and the unit's own heading."""
    sheet, mark, ours = fault.column.partition(words().marks["colon"])
    theirs = made.headings.get(ours, "")
    if not theirs or theirs == ours:
        return fault
    column = f"{sheet}{mark}{say('own_heading', ours=ours, theirs=theirs)}"
    return RowFault(fault.row, column, fault.code, fault.values)
