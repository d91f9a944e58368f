"""Workbooks as other programs write them: a small OOXML writer with each producer's habits.

Nothing here is read back by the product; it only makes files. Cells: ``str``, numbers, ``date``
(as a serial number), ``Spoken`` (a phonetic guide), ``Runs`` (rich text), ``Failed`` (an error).
"""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DAY, GROUPED, TEXT = 1, 2, 3


@dataclass(frozen=True)
class Spoken:
    """A text with its reading above it, as Excel keeps it beside the characters."""

    text: str
    reading: str


@dataclass(frozen=True)
class Runs:
    """A text in several fonts."""

    parts: tuple[str, ...]


@dataclass(frozen=True)
class Failed:
    """A cell that shows an error such as ``#N/A``."""

    error: str


@dataclass(frozen=True)
class Grouped:
    """A number shown with thousands separators."""

    number: Decimal | int | float


Cell = str | int | float | Decimal | dt.date | Spoken | Runs | Failed | Grouped | None


@dataclass(frozen=True)
class Page:
    """One sheet: its rows, merged ranges, and whether it is hidden."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[str, ...] = ()
    state: str = "visible"


@dataclass(frozen=True)
class Producer:
    """What a program does in its own way."""

    application: str
    shared: bool = True
    absolute_targets: bool = False
    styled_blanks: bool = False
    spans: bool = False
    extra: tuple[tuple[str, str], ...] = ()


EXCEL = Producer("Microsoft Excel", spans=True)
WPS = Producer(
    "WPS 表格",
    absolute_targets=True,
    styled_blanks=True,
    extra=(
        (
            "docProps/custom.xml",
            f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'custom-properties"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" '
            'name="KSOProductBuildVer"><lpwstr xmlns="http://schemas.openxmlformats.org/'
            'officeDocument/2006/docPropsVTypes">2052-12.1.0.16929</lpwstr></property></Properties>',
        ),
    ),
)
NUMBERS = Producer("Numbers", shared=False, styled_blanks=True)


def workbook(producer: Producer, pages: Sequence[Page], *, date_1904: bool = False) -> bytes:
    """The bytes of a workbook of these pages."""
    texts: list[str] = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", _content_types(len(pages)))
        out.writestr("_rels/.rels", _links([("officeDocument", "xl/workbook.xml")]))
        out.writestr("docProps/app.xml", _app(producer))
        for name, content in producer.extra:
            out.writestr(name, content)
        out.writestr("xl/workbook.xml", _book(pages, date_1904))
        prefix = "/xl/" if producer.absolute_targets else ""
        parts = [
            ("worksheet", f"{prefix}worksheets/sheet{n}.xml") for n in range(1, len(pages) + 1)
        ]
        parts += [
            ("styles", f"{prefix}styles.xml"),
            ("sharedStrings", f"{prefix}sharedStrings.xml"),
        ]
        out.writestr("xl/_rels/workbook.xml.rels", _links(parts))
        out.writestr("xl/styles.xml", _STYLES)
        for number, page in enumerate(pages, start=1):
            xml = _sheet(page, producer, texts, date_1904)
            out.writestr(f"xl/worksheets/sheet{number}.xml", xml)
        out.writestr("xl/sharedStrings.xml", _shared(texts))
    return buffer.getvalue()


def place(column: int, row: int) -> str:
    """``A1`` for the first column and row 1."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return f"{name}{row}"


def _sheet(page: Page, producer: Producer, texts: list[str], date_1904: bool) -> str:
    lines = []
    width = max(map(len, page.rows), default=0)
    for number, row in enumerate(page.rows, start=1):
        cells = "".join(
            _cell(place(column, number), cell, producer, texts, date_1904)
            for column, cell in enumerate(row)
        )
        spans = f' spans="1:{width}"' if producer.spans else ""
        lines.append(f'<row r="{number}"{spans}>{cells}</row>')
    if producer.styled_blanks:
        below = len(page.rows) + 40
        blanks = "".join(f'<c r="{place(c, below)}" s="3"/>' for c in range(width + 6))
        lines.append(f'<row r="{below}">{blanks}</row>')
    merged = "".join(f"<mergeCell ref={quoteattr(area)}/>" for area in page.merged)
    merges = f'<mergeCells count="{len(page.merged)}">{merged}</mergeCells>' if merged else ""
    guide = '<phoneticPr fontId="1" type="noConversion"/>' if producer is EXCEL else ""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetViews>'
        f'<sheetView workbookViewId="0"/></sheetViews><sheetData>{"".join(lines)}</sheetData>'
        f"{merges}{guide}</worksheet>"
    )


def _cell(at: str, cell: Cell, producer: Producer, texts: list[str], date_1904: bool) -> str:
    if cell is None or cell == "":
        return f'<c r="{at}" s="{TEXT}"/>' if producer.styled_blanks else ""
    if isinstance(cell, Failed):
        return f'<c r="{at}" t="e"><v>{cell.error}</v></c>'
    if isinstance(cell, Grouped):
        return f'<c r="{at}" s="{GROUPED}"><v>{cell.number}</v></c>'
    if isinstance(cell, dt.date):
        first = dt.date(1904, 1, 1) if date_1904 else dt.date(1899, 12, 30)
        return f'<c r="{at}" s="{DAY}"><v>{(cell - first).days}</v></c>'
    if isinstance(cell, int | float | Decimal):
        return f'<c r="{at}"><v>{cell}</v></c>'
    content = _text(cell)
    if not producer.shared:
        return f'<c r="{at}" s="{TEXT}" t="inlineStr"><is>{content}</is></c>'
    if content not in texts:
        texts.append(content)
    return f'<c r="{at}" s="{TEXT}" t="s"><v>{texts.index(content)}</v></c>'


def _text(cell: str | Spoken | Runs) -> str:
    if isinstance(cell, Spoken):
        reading = f'<rPh sb="0" eb="{len(cell.text)}"><t>{escape(cell.reading)}</t></rPh>'
        return f'<t>{escape(cell.text)}</t>{reading}<phoneticPr fontId="1" type="noConversion"/>'
    if isinstance(cell, Runs):
        font = '<rPr><sz val="11"/><rFont val="宋体"/></rPr>'
        return "".join(f"<r>{font}<t>{escape(part)}</t></r>" for part in cell.parts)
    return f'<t xml:space="preserve">{escape(cell)}</t>'


def _shared(texts: Sequence[str]) -> str:
    items = "".join(f"<si>{text}</si>" for text in texts)
    return (
        f'{HEAD}<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{items}</sst>'
    )


def _book(pages: Sequence[Page], date_1904: bool) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{n}" state="{page.state}" r:id="rId{n}"/>'
        for n, page in enumerate(pages, start=1)
    )
    properties = '<workbookPr date1904="1"/>' if date_1904 else "<workbookPr/>"
    active = next(n for n, page in enumerate(pages) if page.state == "visible")
    views = f'<bookViews><workbookView activeTab="{active}"/></bookViews>'
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}{views}'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _links(targets: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _app(producer: Producer) -> str:
    extended = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    application = f"<Application>{producer.application}</Application>"
    return f'{HEAD}<Properties xmlns="{extended}">{application}</Properties>'


def _content_types(pages: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [("/xl/sharedStrings.xml", "sharedStrings")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, pages + 1)]
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{kind}.{what}+xml"/>' for part, what in parts
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


_STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="176" '
    'formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
    '<font><sz val="9"/><name val="宋体"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="176" applyNumberFormat="1"/>'
    '<xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)
