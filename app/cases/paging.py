"""Keyset pages: by id, so that a page costs the same however deep it lies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import g, request, url_for
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from tenants.database import db

PAGE_ROWS = 50
ROWS_AT_ONCE = 1_000
"""Of a list that is wanted whole: as many rows as one reading has."""
LARGEST_NUMBER = 2**31 - 1

Row = TypeVar("Row")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Place:
    """Where a page begins, in the list's order: after the row ``past``, or before ``until``.
    ``stretch`` is there for the list that is wanted whole, and for no other that its page reads."""

    past: int | None = None
    until: int | None = None
    stretch: "Stretch | None" = None


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page, and the places of its neighbours; None where there is none."""

    rows: tuple[Row, ...]
    previous: Place | None = None
    next: Place | None = None

    def holding(self, rows: tuple[Other, ...]) -> "Page[Other]":
        """The same place in the list, with what the rows became."""
        return Page(rows, self.previous, self.next)

    @property
    def previous_url(self) -> str | None:
        """This page's address with the place before it; needs a request."""
        return _address(self.previous)

    @property
    def next_url(self) -> str | None:
        """This page's address with the place after it; needs a request."""
        return _address(self.next)


@dataclass
class Stretch:
    """Some rows of a list that is wanted whole: those after the row ``past``, or the first. Read,
    it says where the next ones begin (None: there are no more) and, at the beginning of a list
    that goes on, how many rows there are in all."""

    past: int | None = None
    next: int | None = None
    total: int = 0


@contextmanager
def whole_list(past: int | None = None) -> Iterator[Stretch]:
    """Within this block a page holds ``ROWS_AT_ONCE`` rows of its list, whatever place its address
    names."""
    stretch = Stretch(past)
    g.stretch = stretch
    try:
        yield stretch
    finally:
        g.pop("stretch")


def place_asked() -> Place:
    """The place named in the address; anything but a number counts as the beginning."""
    stretch: Stretch | None = g.get("stretch")
    if stretch is not None:
        return Place(past=stretch.past, stretch=stretch)
    return Place(request.args.get("past", type=int), request.args.get("until", type=int))


def number_asked(name: str) -> int:
    """A number of the address for a column of four bytes: a unit, an agency, a month. 0 for
    anything else."""
    found = request.args.get(name, 0, type=int)
    return found if 0 <= found <= LARGEST_NUMBER else 0


def read_page(
    statement: Select[Any],
    column: InstrumentedAttribute[int] | ColumnElement[int],
    place: Place,
    *,
    ascending: bool = False,
    limit: int = PAGE_ROWS,
) -> Page[Any]:
    """Rows of ``statement`` around ``place``, ordered by ``column``, which it selects first."""
    stretch = place.stretch
    if stretch is not None:
        limit = ROWS_AT_ONCE
    whole, backwards = statement, place.until is not None
    upwards = ascending != backwards
    edge = place.until if backwards else place.past
    if edge is not None:
        statement = statement.where(column > edge if upwards else column < edge)
    ordered = statement.order_by(column if upwards else column.desc()).limit(limit + 1)
    found = list(db.session.execute(ordered))
    more, rows = len(found) > limit, found[:limit]
    if stretch is not None and more:
        stretch.next = _id(rows[-1])
        stretch.total = 0 if stretch.past else _count(whole)
    if backwards:
        rows.reverse()
    if not rows:
        return Page(())
    has_previous = more if backwards else place.past is not None
    has_next = True if backwards else more
    return Page(
        tuple(rows),
        Place(until=_id(rows[0])) if has_previous else None,
        Place(past=_id(rows[-1])) if has_next else None,
    )


def _count(statement: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _id(row: Any) -> int:
    first = row[0]
    return first if isinstance(first, int) else int(first.id)


def _address(place: Place | None) -> str | None:
    if place is None or request.endpoint is None:
        return None
    kept = {key: value for key, value in request.args.items() if key not in ("past", "until")}
    moved = {key: value for key, value in vars(place).items() if value is not None}
    return url_for(request.endpoint, **{**kept, **(request.view_args or {}), **moved})
