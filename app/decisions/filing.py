"""Decisions as a file: the sheet for a department, and what it sent back."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ARRAY, Text, cast, func, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.models import Case
from app.decisions import names
from app.decisions.messages import RowFault
from app.decisions.queries import to_fill_in
from app.decisions.rules import Entry, wrong_in
from app.decisions.service import Standing, record, standings
from app.decisions.sheet import MOST, Row, read_sheet, write_sheet
from app.intake.wording import title
from app.web.formats import mask_name
from tenants.calendar import business_date
from tenants.database import db


@dataclass(frozen=True)
class Taken:
    """What became of a file: households recorded, those that said nothing new, and the faults of
    the rows held back, in the order of the sheet."""

    done: tuple[int, ...]
    same: int
    faults: tuple[RowFault, ...]


def template(actor: Actor) -> bytes:
    """The sheet with the households whose decisions are still to be reported; goes on the trail."""
    actor.must("decision.report")
    rows = to_fill_in(MOST)
    audit.record(actor.account_id, "decision.template", unit_id=actor.unit_id, households=len(rows))
    return write_sheet([(r.number, mask_name(r.head), title("scheme", r.scheme)) for r in rows])


def take_file(data: bytes, filename: str, actor: Actor) -> Taken:
    """Record what a filled-in sheet says; a fault in a row holds back that household only.

    Raises ``Fault`` for a fault of the file, and then nothing is written.
    """
    read = read_sheet(data, filename)
    numbers = [row.number for row in read.rows]
    rows = select(Case.number, Case.id).where(Case.number == func.any(cast(numbers, ARRAY(Text))))
    known = dict(db.session.execute(rows).tuples().all())
    found = standings(sorted(known.values()), lock=True)
    faults = list(read.faults)
    entries: dict[int, Entry] = {}
    for row in read.rows:
        standing = found.get(known.get(row.number, 0))
        wrong = list(_faults(row, standing))
        faults += wrong
        if standing and not wrong:
            entries[standing.case.id] = row.entry
    moved = record(entries, found, actor, "file")
    order = sorted(faults, key=lambda fault: fault.row)
    return Taken(moved.done, len(moved.skipped), tuple(order))


def _faults(row: Row, standing: Standing | None) -> Iterator[RowFault]:
    if standing is None:
        yield RowFault(row.line, names.HEADINGS["number"], "decision.number_unknown")
        return
    if row.entry == standing.known.current:
        return
    if standing.case.state == "closed":
        yield RowFault(row.line, names.HEADINGS["outcome"], "decision.on_the_page")
        return
    wrong = wrong_in(row.entry, standing.known, business_date())
    if wrong:
        yield RowFault(row.line, names.HEADINGS[wrong.column], wrong.code, wrong.values)
