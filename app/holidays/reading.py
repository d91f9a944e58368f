"""Reads the State Council's notice as it is published, and refuses what does not hold together.

Pure. The notice says each thing twice (the dates and how many, the day and its weekday): both are
compared, so that a slip of the hand is found.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tenants.holidays import Notice, load_statutory
from tenants.messages import Fault

_DAY = dt.timedelta(days=1)
_YEAR_BEFORE_FROM = (12, 25)
"""A notice reaches back into the year before only for New Year's days."""


@dataclass(frozen=True)
class Named:
    """A day in the text, and the words that it stands in."""

    day: dt.date
    words: str


@cache
def _words() -> dict[str, Any]:
    with (Path(__file__).parent / "notice.toml").open("rb") as file:
        return tomllib.load(file)


def read_notice(text: str, year: int | None = None, number: str = "") -> Notice:
    """The notice in ``text``; year and document number are taken from it where they are not given.

    Raises ``Fault`` saying what is missing or contradicts itself, with the words it stands in.
    """
    words, text = _words(), re.sub(r"\s+", "", text)
    named_number, named_year = re.search(words["number"], text), re.search(words["year"], text)
    number = number.strip() or (named_number[0] if named_number else "")
    year = year or (int(named_year[1]) if named_year else 0)
    if not year:
        raise Fault("holiday.no_year")
    if named_year and int(named_year[1]) != year:
        raise Fault("holiday.other_year", year=year, named=named_year[1])
    if not number:
        raise Fault("holiday.no_number")
    off: set[dt.date] = set()
    work: set[dt.date] = set()
    for sentence in _sentences(text):
        days, is_work = _days(sentence, year)
        (work if is_work else off).update(days)
    _check(text, year, off, work)
    return Notice(year, number, frozenset(off), frozenset(work))


def _sentences(text: str) -> Iterator[str]:
    """The sentences of the numbered paragraphs: what stands before the first is no arrangement."""
    words = _words()
    parts = re.split(words["heading"], text)
    for body in parts[2::2]:
        for sentence in body.split(words["stop"]):
            is_said = words["work"] in sentence or words["off"] in sentence
            if is_said and re.search(words["date"], sentence):
                yield sentence


def _days(sentence: str, year: int) -> tuple[set[dt.date], bool]:
    """The days that a sentence names, its spans filled in, and whether offices work on them."""
    words = _words()
    is_work = words["work"] in sentence
    found: set[dt.date] = set()
    before: Named | None = None
    end = 0
    for match in re.finditer(words["date"], sentence):
        named = _named(match, year, before)
        spans = before is not None and sentence[end : match.start()].strip() == words["to"]
        if spans and before is not None:
            if not dt.timedelta(0) < named.day - before.day < dt.timedelta(days=20):
                raise Fault("holiday.span", words=sentence)
            found.update(before.day + _DAY * n for n in range((named.day - before.day).days))
        found.add(named.day)
        before, end = named, match.end()
    count = re.search(words["count"], sentence)
    if count and not is_work and int(count[1]) != len(found):
        raise Fault("holiday.count", words=sentence, said=count[1], found=len(found))
    return found, is_work


def _named(match: re.Match[str], year: int, before: Named | None) -> Named:
    words = _words()
    said_year, month, day, bracket = match.groups()
    if month is None and before is None:
        raise Fault("holiday.no_month", words=match[0])
    in_year = int(said_year) if said_year else (before.day.year if before else year)
    in_month = int(month) if month else (before.day.month if before else 0)
    try:
        found = dt.date(in_year, in_month, int(day))
    except ValueError as error:
        raise Fault("holiday.no_day", words=match[0]) from error
    weekday = re.search(words["weekday"], bracket or "")
    if weekday:
        meant = min(words["weekdays"].index(weekday[1]), 6)
        if meant != found.weekday():
            real = words["weekdays"][found.weekday()]
            raise Fault("holiday.weekday", words=match[0], day=found, real=real)
    return Named(found, match[0])


def _check(text: str, year: int, off: set[dt.date], work: set[dt.date]) -> None:
    """Raises ``Fault`` for days that cannot be (within the year, not both, make-up on weekends),
    or a festival that is missing."""
    if not off:
        raise Fault("holiday.nothing")
    for day in sorted(off | work):
        is_before = day.year == year - 1 and (day.month, day.day) >= _YEAR_BEFORE_FROM
        if day.year != year and not is_before:
            raise Fault("holiday.outside", day=day, year=year)
    if both := off & work:
        raise Fault("holiday.both", day=min(both))
    if weekdays := [day for day in work if day.weekday() < 5]:
        raise Fault("holiday.make_up", day=min(weekdays))
    headings = re.findall(_words()["heading"], text)
    missing = [name for name in _words()["festivals"] if not any(name in h for h in headings)]
    if missing:
        raise Fault("holiday.festival", name=missing[0])
    for month, day_of_month in sorted(load_statutory().days):
        fixed = dt.date(year, month, day_of_month)
        if fixed not in off:
            raise Fault("holiday.statutory", day=fixed)
