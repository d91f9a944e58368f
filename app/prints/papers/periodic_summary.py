"""定期核查汇总表: a batch against its households' last checks, in both directions (第九条)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.prints.papers.parts import closing
from app.prints.periodic_messages import say
from app.report.paper.blocks import NOTE, Cell, Column, Draft, Table, Text
from app.web.formats import written_day

_COLUMNS = (
    ("no", 11.5),
    ("head", 16.0),
    ("number", 33.5),
    ("papers", 18.0),
    ("changes", 48.0),
    ("attention", 29.0),
)


@dataclass(frozen=True)
class Checked:
    """A household of the batch: its papers, what changed (a line each), where to look at it."""

    head: str
    number: str
    papers: str
    changes: tuple[str, ...]
    attention: str


@dataclass(frozen=True)
class PeriodicBatchTold:
    """The batch as its paper says it; ``directions``: how many households stand where."""

    agency: str
    department: str
    period: str
    scheme: str
    place: str
    households: int
    left_out: int
    sample: int
    percent: int
    seed: str
    directions: tuple[tuple[str, int], ...]


def compose_periodic_summary(told: PeriodicBatchTold, rows: Sequence[Checked], day: date) -> Draft:
    """The paper of a batch, with the room for the seal; nothing on it is a verdict."""
    counted = [
        say("print.periodic.of_direction", direction=words, count=count)
        for words, count in told.directions
    ]
    leads = (
        say(
            "print.periodic.lead",
            department=told.department,
            scheme=told.scheme,
            period=told.period,
        ),
        say("print.periodic.place", place=told.place),
        say(
            "print.periodic.size",
            households=told.households,
            left_out=told.left_out,
            sample=told.sample,
            percent=told.percent,
            seed=told.seed,
        ),
        say("print.periodic.directions", counts=say("print.join").join(counted)),
    )
    columns = tuple(
        Column(say(f"print.periodic.column.{name}"), width, "right" if name == "no" else "left")
        for name, width in _COLUMNS
    )
    cells = tuple(_row(no, row) for no, row in enumerate(rows, start=1))
    notes = (say("print.periodic.facts"), say("print.summary.cut", day=written_day(day)))
    return Draft(
        title=say("print.periodic.title"),
        number="",
        confidential=say("print.confidential"),
        blocks=(*(Text(lead, NOTE, indented=False) for lead in leads), Table(columns, cells)),
        closing=closing(say("print.summary.maker"), told.agency, notes=notes),
    )


def _row(no: int, row: Checked) -> tuple[Cell, ...]:
    changes = row.changes or (say("print.blank"),)
    return (str(no),), (row.head,), (row.number,), (row.papers,), changes, (row.attention,)
