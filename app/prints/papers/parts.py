"""Pieces that several papers are put together from."""

from collections.abc import Iterable, Sequence
from datetime import date

from app.prints.messages import say
from app.prints.papers.content import Kinds
from app.report.paper.blocks import TEXT_WIDTH_MM, Closing, Column, Table
from app.web.formats import written_day
from tenants.catalogue import catalogue

Pair = tuple[str, str]


def facts(pairs: Sequence[Pair], label_mm: float = 26.0, least_mm: float = 0.0) -> Table:
    """Labels with values, two of them a line; an odd last one has the line to itself empty."""
    even = [*pairs, ("", "")] if len(pairs) % 2 else list(pairs)
    value_mm = TEXT_WIDTH_MM / 2 - label_mm
    columns = (Column("", label_mm, label=True), Column("", value_mm)) * 2
    rows = tuple(
        ((even[at][0],), (even[at][1],), (even[at + 1][0],), (even[at + 1][1],))
        for at in range(0, len(even), 2)
    )
    return Table(columns, rows, headed=False, least_mm=least_mm)


def lines(pairs: Sequence[Pair], label_mm: float = 30.0, least_mm: float = 0.0) -> Table:
    """Labels with values, one a line."""
    columns = (Column("", label_mm, label=True), Column("", TEXT_WIDTH_MM - label_mm))
    rows = tuple(((label,), (value,)) for label, value in pairs)
    return Table(columns, rows, headed=False, least_mm=least_mm)


def table(
    code: str,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    right: Sequence[str] = (),
    least_mm: float = 0.0,
) -> Table:
    """A table with titles ``<code>.column.<name>``; the columns in ``right`` are set right."""
    return Table(
        tuple(
            Column(say(f"{code}.column.{name}"), width, "right" if name in right else "left")
            for name, width in columns
        ),
        tuple(tuple((cell,) for cell in row) for row in rows),
        least_mm=least_mm,
    )


def closing(issuer: str, agency: str, day: str = "", notes: tuple[str, ...] = ()) -> Closing:
    """Who answers for it, the seal's place, and the day, blank where it is still to be written."""
    return Closing(notes, issuer, agency, day or say("print.blank_day"))


def day_words(day: date | None) -> str:
    """A day as official documents write it; room for one when it is not known."""
    return written_day(day) if day else say("print.blank_day")


def joined(words: Sequence[str]) -> str:
    """Several words in one sentence."""
    return say("print.join").join(words)


def kinds_of(items: Iterable[int]) -> Kinds:
    """Data items grouped by the kind of sharing unit that holds them, as titles."""
    known = catalogue()
    grouped: dict[str, list[str]] = {}
    for code in sorted(items):
        item = known.item(code)
        grouped.setdefault(known.kinds[item.kind].title, []).append(item.title)
    return tuple((kind, tuple(titles)) for kind, titles in grouped.items())
