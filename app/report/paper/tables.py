"""Rows of a table, measured: how high they are, and where one may be cut at a page's end."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.report.paper.blocks import TABLE, Cell, Column, Table
from app.report.paper.typeset import wrap

_CELL_PAD_MM = 1.1
_FEWEST_LINES = 3


@dataclass(frozen=True)
class PlacedCell:
    """A cell's box and its lines."""

    left_mm: float
    width_mm: float
    align: str
    label: bool
    lines: tuple[str, ...]
    least_mm: float = 0.0


Row = tuple[PlacedCell, ...]


def head_row(table: Table) -> Row:
    """The titles, to be repeated on every page; empty when the table has none."""
    if not table.headed:
        return ()
    return set_row(table.columns, tuple((column.title,) for column in table.columns))


def set_row(columns: tuple[Column, ...], row: tuple[Cell, ...], least_mm: float = 0.0) -> Row:
    """Break the paragraphs of a row's cells into lines that fit their columns."""
    cells: list[PlacedCell] = []
    left_mm = 0.0
    for column, cell in zip(columns, row, strict=True):
        room_em = (column.width_mm - 3 * _CELL_PAD_MM) / TABLE.size_mm
        lines = tuple(line for paragraph in cell for line in wrap(paragraph, room_em))
        placed = PlacedCell(left_mm, column.width_mm, column.align, column.label, lines, least_mm)
        cells.append(placed)
        left_mm += column.width_mm
    return tuple(cells)


def row_height_mm(cells: Row) -> float:
    """Height of a row with its padding; nought for no row."""
    if not cells:
        return 0.0
    most = max(len(cell.lines) for cell in cells)
    needed_mm = max(most, 1) * TABLE.line_mm + 2 * _CELL_PAD_MM
    return max(needed_mm, *(cell.least_mm for cell in cells))


def split_row(row: Row, room_mm: float, page_mm: float) -> tuple[Row, Row]:
    """What of ``row`` goes into ``room_mm`` and what on the next page.

    A row is cut only if it is higher than ``page_mm``, and never to fewer than three lines.
    """
    height_mm = row_height_mm(row)
    if height_mm <= room_mm + 1e-6:
        return row, ()
    fitting = int((room_mm - 2 * _CELL_PAD_MM) / TABLE.line_mm + 1e-6)
    if height_mm <= page_mm or fitting < _FEWEST_LINES:
        return (), row
    return tuple(_lines(row, 0, fitting)), tuple(_lines(row, fitting, None))


def _lines(row: Iterable[PlacedCell], start: int, end: int | None) -> Iterable[PlacedCell]:
    for cell in row:
        yield replace(cell, lines=cell.lines[start:end])
