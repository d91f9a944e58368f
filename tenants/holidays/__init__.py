"""Notices of holidays and make-up days, a TOML file per year, on top of the calendar library.

A file ``<year>.toml`` holds ``source`` (the notice), ``holidays`` and ``make_up_days`` (dates). It
is added when the State Council has announced a year that the installed library does not yet know.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Notice:
    """One year's notice: days off and working weekends; all other days follow the weekday."""

    year: int
    source: str
    holidays: frozenset[date]
    make_up_days: frozenset[date]

    def __post_init__(self) -> None:
        both = self.holidays & self.make_up_days
        if both:
            raise ValueError(f"{self.year}: {min(both)} is both a holiday and a make-up day")
        for day in self.holidays | self.make_up_days:
            if abs(day.year - self.year) > 1:
                raise ValueError(f"{self.year}: {day} does not belong to this year's notice")
        for day in self.make_up_days:
            if day.weekday() < 5:
                raise ValueError(f"{self.year}: make-up day {day} is a weekday anyway")


@dataclass(frozen=True)
class Statutory:
    """The holidays whose solar date the law itself fixes, as (month, day)."""

    source: str
    days: frozenset[tuple[int, int]]


def load_notices(folder: Path = FOLDER) -> Mapping[int, Notice]:
    """Every ``<year>.toml`` of ``folder``; raises ``ValueError`` naming the file that is wrong."""
    return {n.year: n for n in map(_read_notice, sorted(folder.glob("[0-9][0-9][0-9][0-9].toml")))}


@cache
def load_statutory() -> Statutory:
    """The fixed holidays; the file names the law."""
    table = _read(FOLDER / "statutory.toml")
    days = (text.split("-") for text in table["days"])
    return Statutory(table["source"], frozenset((int(m), int(d)) for m, d in days))


def _read_notice(path: Path) -> Notice:
    table = _read(path)
    try:
        return Notice(
            year=int(path.stem),
            source=str(table["source"]),
            holidays=frozenset(_dates(table["holidays"])),
            make_up_days=frozenset(_dates(table["make_up_days"])),
        )
    except KeyError as missing:
        raise ValueError(f"{path.name}: {missing.args[0]} is missing") from missing
    except ValueError as wrong:
        raise ValueError(f"{path.name}: {wrong}") from wrong


def _dates(values: list[Any]) -> list[date]:
    for value in values:
        if type(value) is not date:
            raise ValueError(f"{value!r} is not a date")
    return values


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
