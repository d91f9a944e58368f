"""What a file holds before anybody says what it means: sheets of cells as text."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from app.intake.header import SEARCHED_ROWS
from app.intake.raw_cells import RawCells


@dataclass(frozen=True)
class Grid:
    """One sheet: ``frame`` has ``c0`` … as text and ``sheet_row``; a csv has no name."""

    frame: pl.DataFrame
    name: str | None = None
    visible: bool = True

    @property
    def first_rows(self) -> list[tuple[str | None, ...]]:
        """The rows in which a heading is looked for, without ``sheet_row``."""
        return self.frame.drop("sheet_row", strict=False).head(SEARCHED_ROWS).rows()


@dataclass(frozen=True)
class Opened:
    """A file's sheets. ``look``: the raw cells of one of them, given the place of its identity
    numbers. ``encoding`` of a text; ``suffix`` by what the file is, whatever its name says."""

    grids: tuple[Grid, ...]
    look: Callable[[Grid, int | None], RawCells]
    suffix: str
    encoding: str | None = None

    @property
    def visible(self) -> tuple[Grid, ...]:
        """The sheets that a person sees."""
        return tuple(grid for grid in self.grids if grid.visible)
