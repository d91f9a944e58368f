"""Pagination: blocks → pages on which every line has its place before the engine runs.

The A4 page and its text area (156 × 225 mm, 37 mm above, 28 mm left) follow GB/T 9704.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.report.paper.blocks import (
    BODY,
    HEADING,
    NOTE,
    NUMBER,
    TABLE,
    TEXT_WIDTH_MM,
    TITLE,
    Block,
    Closing,
    Draft,
    Drawing,
    Face,
    Heading,
    Table,
    Text,
)
from app.report.paper.tables import head_row, row_height_mm, set_row, split_row
from app.report.paper.typeset import shown, wrap

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0
TOP_MM, LEFT_MM, TEXT_HEIGHT_MM = 37.0, 28.0, 225.0
SEAL_MM = 42.0
_SEAL_ZONE_MM = 46.0
_SEAL_CENTRE_MM = 116.0
_GAP_MM = 3.0
_TALL_ROW_MM = 60.0
_POINTS = 72 / 25.4


@dataclass(frozen=True)
class Placed:
    """One thing on a page: its kind, where it begins below the text area's top, its content."""

    kind: str
    top_mm: float
    height_mm: float
    content: Any
    face: Face = BODY


@dataclass(frozen=True)
class SealBox:
    """Where the seal goes, in points from the page's lower left corner; ``page`` from 0."""

    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class PagedDocument:
    """A document with its pages known: what is rendered must have exactly these.

    A piece of a long document has the pages after its ``first`` ones, ``of`` so many.
    """

    number: str
    confidential: str
    verify_url: str
    verify_caption: str
    foot: str
    pages: tuple[tuple[Placed, ...], ...]
    sealed_at: SealBox | None
    title: str
    particulars: Mapping[str, Any] = field(default_factory=dict)
    first: int = 0
    of: int = 0

    @property
    def seal(self) -> SealBox:
        """Where the seal goes; ``LookupError`` for a document that is not closed by one."""
        if self.sealed_at is None:
            raise LookupError("no room for a seal")
        return self.sealed_at


def paginate(draft: Draft) -> PagedDocument:
    """Give every block of ``draft`` its place; no text is ever cut."""
    pen = _Pen(_SEAL_ZONE_MM + _GAP_MM if draft.sealed_pages else 0.0)
    _put_title(pen, draft)
    for block, follower in zip(draft.blocks, (*draft.blocks[1:], None), strict=True):
        _put(pen, block, follower)
    sealed_at = _close(pen, draft)
    return PagedDocument(
        number=shown(draft.number),
        foot=shown(draft.number if draft.foot is None else draft.foot),
        confidential=draft.confidential,
        verify_url=draft.verify_url,
        verify_caption=draft.verify_caption,
        pages=tuple(tuple(page) for page in pen.pages),
        sealed_at=sealed_at,
        title=shown(draft.title),
        particulars=draft.particulars,
    )


class _Pen:
    """Where writing goes on: the pages so far and how far down the last one is filled.

    ``foot_mm`` of every page is kept free.
    """

    def __init__(self, foot_mm: float = 0.0) -> None:
        self.pages: list[list[Placed]] = [[]]
        self.top_mm = 0.0
        self.height_mm = TEXT_HEIGHT_MM - foot_mm

    @property
    def room_mm(self) -> float:
        return self.height_mm - self.top_mm

    @property
    def follows_text(self) -> bool:
        """Whether the last thing on this page is a paragraph."""
        return bool(self.pages[-1]) and self.pages[-1][-1].kind in ("plain", "indented")

    def turn(self) -> None:
        self.pages.append([])
        self.top_mm = 0.0

    def skip(self, height_mm: float) -> None:
        if self.top_mm:
            self.top_mm = min(self.top_mm + height_mm, self.height_mm)

    def put(self, kind: str, height_mm: float, content: Any, face: Face = BODY) -> None:
        self.pages[-1].append(Placed(kind, self.top_mm, height_mm, content, face))
        self.top_mm += height_mm


def _put_title(pen: _Pen, draft: Draft) -> None:
    for text, face in ((draft.title, TITLE), (draft.number, NUMBER)):
        if not text:
            continue
        _put_lines(pen, "centred", wrap(text, TEXT_WIDTH_MM / face.size_mm), face)
    pen.put("rule", _GAP_MM * 2, None)


def _put(pen: _Pen, block: Block, follower: Block | None) -> None:
    match block:
        case Text():
            _put_text(pen, block)
        case Heading():
            pen.skip(_GAP_MM)
            lines = wrap(block.text, TEXT_WIDTH_MM / HEADING.size_mm)
            if pen.room_mm < len(lines) * HEADING.line_mm + _opening_mm(follower):
                pen.turn()
            _put_lines(pen, "heading", lines, HEADING)
        case Table():
            _put_table(pen, block)
        case Drawing():
            if pen.room_mm < block.height_mm:
                pen.turn()
            pen.put("drawing", block.height_mm, block.svg)
            pen.skip(_GAP_MM)


def _opening_mm(block: Block | None) -> float:
    """The height that must fit under a heading: the beginning of what follows it."""
    match block:
        case Drawing():
            return block.height_mm
        case Table() if block.rows:
            first_mm = row_height_mm(set_row(block.columns, block.rows[0], block.least_mm))
            return row_height_mm(head_row(block)) + min(first_mm, _TALL_ROW_MM)
        case _:
            return 2 * BODY.line_mm


def _put_text(pen: _Pen, text: Text) -> None:
    indent = 2.0 if text.indented else 0.0
    lines = wrap(text.text, TEXT_WIDTH_MM / text.face.size_mm, indent)
    _put_lines(pen, "indented" if text.indented else "plain", lines, text.face)


def _put_lines(pen: _Pen, kind: str, lines: Sequence[str], face: Face) -> None:
    rest = tuple(lines)
    while rest:
        fitting = int(pen.room_mm / face.line_mm + 1e-6)
        if not fitting:
            pen.turn()
            continue
        part = rest[:fitting]
        pen.put(kind, len(part) * face.line_mm, part, face)
        rest = rest[fitting:]
        kind = "plain" if kind == "indented" else kind


def _put_table(pen: _Pen, table: Table) -> None:
    if pen.follows_text:
        pen.skip(_GAP_MM / 2)
    head = head_row(table)
    head_mm = row_height_mm(head)
    headless = True
    for row in table.rows:
        rest = set_row(table.columns, row, table.least_mm)
        while rest:
            taken_mm = head_mm if headless else 0.0
            part, rest = split_row(rest, pen.room_mm - taken_mm, pen.height_mm - head_mm)
            if part and head and headless:
                pen.put("head", head_mm, head, TABLE)
            if part:
                pen.put("row", row_height_mm(part), part, TABLE)
                headless = False
            if rest:
                pen.turn()
                headless = True
    pen.skip(_GAP_MM)


def _close(pen: _Pen, draft: Draft) -> SealBox | None:
    if draft.closing is None:
        return None
    if not draft.sealed_pages:
        return _put_closing(pen, draft.closing)
    top_mm = TEXT_HEIGHT_MM - _SEAL_ZONE_MM
    for page in pen.pages:
        lines = _closing_lines(draft.closing)
        page.append(Placed("closing", top_mm, _SEAL_ZONE_MM, lines))
    return _seal_box(len(pen.pages) - 1, top_mm)


def _put_closing(pen: _Pen, closing: Closing) -> SealBox:
    """Notes and seal on one page, so that a seal never stands on a page without text."""
    notes = [wrap(note, TEXT_WIDTH_MM / NOTE.size_mm, 2.0) for note in closing.notes]
    height_mm = sum(map(len, notes)) * NOTE.line_mm + _SEAL_ZONE_MM + _GAP_MM
    if height_mm <= TEXT_HEIGHT_MM < pen.top_mm + _GAP_MM + height_mm:
        pen.turn()
    pen.skip(_GAP_MM)
    for lines in notes:
        _put_lines(pen, "indented", lines, NOTE)
    if pen.room_mm < _SEAL_ZONE_MM:
        pen.turn()
    top_mm = pen.top_mm
    pen.put("closing", _SEAL_ZONE_MM, _closing_lines(closing))
    return _seal_box(len(pen.pages) - 1, top_mm)


def _closing_lines(closing: Closing) -> dict[str, tuple[str, ...]]:
    return {
        "issuer": tuple(
            line for part in closing.issuer.split("\n") for line in wrap(part, 66.0 / BODY.size_mm)
        ),
        "agency": wrap(closing.agency, 80.0 / BODY.size_mm),
        "date": wrap(closing.date, 80.0 / BODY.size_mm),
    }


def _seal_box(page: int, zone_top_mm: float) -> SealBox:
    left = LEFT_MM + _SEAL_CENTRE_MM - SEAL_MM / 2
    bottom = PAGE_HEIGHT_MM - TOP_MM - zone_top_mm - SEAL_MM - 2.0
    corners = (left, bottom, left + SEAL_MM, bottom + SEAL_MM)
    x1, y1, x2, y2 = (round(corner * _POINTS, 2) for corner in corners)
    return SealBox(page, (x1, y1, x2, y2))
