"""Counts as they may be shown, so that nobody can be singled out (吉民发〔2017〕58号 第二十二条).

A count below the rulebook's ``small_count`` is not shown, and neither is what would give it away:
where a total is shown, a second part of it goes too. One rule for every table of counts. Pure.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)

TOTAL = ""
"""As the row or the column of a table: its sums."""

Equation = dict[int, Fraction]


@dataclass(frozen=True)
class Sum:
    """``total`` is the sum of ``parts``, and everybody knows it; cells by their keys."""

    total: Hashable
    parts: tuple[Hashable, ...]


def suppressed(counts: Sequence[int], least: int) -> tuple[int | None, ...]:
    """Counts as they may be shown: None for what is smaller than ``least`` without being none."""
    return tuple(None if 0 < count < least else count for count in counts)


def total_of(shown: Sequence[int | None]) -> int | None:
    """The sum of counts; None when one is suppressed, which the sum would give away."""
    known = [count for count in shown if count is not None]
    return sum(known) if len(known) == len(shown) else None


def protect(cells: Mapping[Key, int], sums: Sequence[Sum], least: int) -> dict[Key, int | None]:
    """Each cell as it may be shown: None for the small ones, and for as many others as it takes
    that no sum gives a small one away.

    A line with something hidden hides at least two of its cells, whose parts come to ``least``
    together, and no small cell is the only solution of all the sums together.
    """
    small = {key for key, count in cells.items() if 0 < count < least}
    hidden: set[Hashable] = set(small)
    while True:
        more = next(_too_plain(cells, sums, hidden, least), None)
        if more is None:
            more = next(_worked_out(cells, sums, hidden, small), None)
        if more is None:
            break
        hidden.add(more)
    return {key: None if key in hidden else count for key, count in cells.items()}


def protected_table(
    counts: Mapping[tuple[Row, Column], int],
    rows: Sequence[Row],
    columns: Sequence[Column],
    least: int,
) -> dict[tuple[Row | str, Column | str], int | None]:
    """A table with its sums at both edges (row or column ``TOTAL``), as it may be shown."""
    cells: dict[tuple[Row | str, Column | str], int] = {
        (row, column): counts.get((row, column), 0) for row in rows for column in columns
    }
    for row in rows:
        cells[row, TOTAL] = sum(cells[row, column] for column in columns)
    edges: list[Column | str] = [*columns, TOTAL]
    for edge in edges:
        cells[TOTAL, edge] = sum(cells[row, edge] for row in rows)
    sums = [Sum((row, TOTAL), tuple((row, c) for c in columns)) for row in (*rows, TOTAL)]
    sums += [Sum((TOTAL, c), tuple((row, c) for row in rows)) for c in edges]
    return protect(cells, sums, least)


def _too_plain(
    cells: Mapping[Key, int], sums: Sequence[Sum], hidden: set[Hashable], least: int
) -> Iterator[Key]:
    """What a line has to hide further: its smallest cell that is shown, the total last."""
    for line in sums:
        inside = [key for key in line.parts if key in hidden]
        if bool(inside) is (line.total in hidden):
            continue
        if len(inside) > 1 and _sum(cells, inside) >= max(least, len(inside) + 1):
            continue
        yield from _smallest(cells, line, hidden)


def _smallest(cells: Mapping[Key, int], line: Sum, hidden: set[Hashable]) -> Iterator[Key]:
    shown = [key for key in cells if key in line.parts and key not in hidden and cells[key]]
    yield from sorted(shown, key=lambda key: cells[key])[:1]
    if not shown:
        yield from (key for key in cells if key == line.total and key not in hidden)


def _worked_out(
    cells: Mapping[Key, int], sums: Sequence[Sum], hidden: set[Hashable], small: set[Key]
) -> Iterator[Key]:
    """A further cell to hide where the sums together still have one solution for a small one."""
    unknown = {key: place for place, key in enumerate(key for key in cells if key in hidden)}
    reduced = _reduced([_equation(line, unknown) for line in sums])
    known = {next(iter(row)) for row in reduced if len(row) == 1}
    for key in small:
        if unknown[key] in known:
            for line in sums:
                if key in (line.total, *line.parts):
                    yield from _smallest(cells, line, hidden)


def _equation(line: Sum, unknown: Mapping[Key, int]) -> Equation:
    row = {unknown[key]: Fraction(1) for key in unknown if key in line.parts}
    row |= {unknown[key]: Fraction(-1) for key in unknown if key == line.total}
    return row


def _reduced(rows: Iterable[Equation]) -> list[Equation]:
    """Gauss and Jordan: what is left when each unknown that can be is written by the others."""
    done: dict[int, Equation] = {}
    for row in rows:
        for pivot, other in done.items():
            row = _without(row, pivot, other)
        if not row:
            continue
        pivot = min(row)
        scaled = {place: value / row[pivot] for place, value in row.items()}
        done = {place: _without(other, pivot, scaled) for place, other in done.items()}
        done[pivot] = scaled
    return list(done.values())


def _without(row: Equation, pivot: int, other: Equation) -> Equation:
    """``row`` with ``pivot`` taken out by means of ``other``, where it has the factor one."""
    factor = row.get(pivot)
    if not factor:
        return row
    places = row.keys() | other.keys()
    mixed = {place: row.get(place, Fraction(0)) - factor * other.get(place, 0) for place in places}
    return {place: value for place, value in mixed.items() if value}


def _sum(cells: Mapping[Key, int], keys: Iterable[Hashable]) -> int:
    wanted = set(keys)
    return sum(count for key, count in cells.items() if key in wanted)
