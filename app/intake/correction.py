"""Returned households come again, corrected: the same case, number and history, new content."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as with_changes

import polars as pl
from sqlalchemy import select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.chunks import in_chunks
from app.cases.lifecycle import Chosen, Moved, note
from app.cases.models import Case, SubjectList
from app.intake.explaining import Place
from app.intake.layout import Layout
from app.intake.layouts import remembered_by
from app.intake.promotion import Home, replace
from app.intake.receiving import judge, keep_file, keep_list, law_of
from app.intake.rules import CheckedList, HouseholdCounts
from app.intake.service import explained, resubmit
from app.intake.sheet import Sheet, read_sheet
from app.intake.waiting import Waiting, keep_waiting
from tenants.database import db
from tenants.messages import Fault, RowFault

HOUSEHOLD_NO = "household_no"


@dataclass(frozen=True)
class Mended:
    """What became of a corrected list: what moved, the list, or the file that waits."""

    moved: Moved
    list_id: int = 0
    waiting_file_id: int = 0


def correct(
    entrustment_id: int, data: bytes, filename: str, actor: Actor
) -> tuple[SubjectList, Moved]:
    """Take in a corrected list (the template or the error file, mended) for an entrustment.

    A household whose number is that of a returned case of this unit in the entrustment takes
    that case's place and is submitted again. Any other household is held back with the reason,
    as one with a fault in its rows is. A fault of the file raises ``Fault`` and writes nothing.
    """
    actor.must("entrustment.submit")
    sheet = read_sheet(data, filename, remembered=remembered_by(actor))
    return _mend(entrustment_id, sheet, keep_file(sheet, data, actor), actor)


def correct_or_wait(entrustment_id: int, data: bytes, filename: str, actor: Actor) -> Mended:
    """As :func:`correct`; but a sheet whose headings are not understood waits to be explained."""
    actor.must("entrustment.submit")
    try:
        row, moved = correct(entrustment_id, data, filename, actor)
    except Fault as fault:
        return Mended(Moved(()), waiting_file_id=keep_waiting(data, filename, fault, actor))
    return Mended(moved, list_id=row.id)


def correct_waiting(
    entrustment_id: int, waiting: Waiting, place: Place, layout: Layout, actor: Actor
) -> tuple[SubjectList, Moved]:
    """Take a waiting file in as a corrected list, read as a person explained it."""
    actor.must("entrustment.submit")
    sheet = explained(waiting, place, layout, actor)
    return _mend(entrustment_id, sheet, waiting.file_id, actor)


def _mend(
    entrustment_id: int, sheet: Sheet, file_id: int, actor: Actor
) -> tuple[SubjectList, Moved]:
    checked = judge(sheet, law_of(actor))
    homes, refusals = _homes(entrustment_id, checked.good)
    checked = _hold_back(checked, refusals)
    row = keep_list(sheet, checked, file_id, actor, corrects=entrustment_id)
    return row, put_in_place(checked, row, homes, actor)


def put_in_place(
    checked: CheckedList, row: SubjectList, homes: Mapping[str, Home], actor: Actor
) -> Moved:
    """Give returned cases their corrected content (household number → its case), and submit
    them again."""
    actor.must("entrustment.submit")
    replace(checked.good, row.id, actor, homes)
    case_ids = [home.case_id for home in homes.values()]
    note("case", case_ids, "correct", actor, unit_id=actor.unit_id)
    moved = in_chunks(Chosen.of(case_ids), lambda part: resubmit(part.ids, actor))
    audit.record(
        actor.account_id,
        "list.correct",
        kind="entrustment",
        subject_id=row.corrects,
        unit_id=actor.unit_id,
        list_id=row.id,
        households=row.households,
        held_back=row.held_back,
    )
    return moved


def _homes(entrustment_id: int, good: pl.DataFrame) -> tuple[dict[str, Home], dict[str, str]]:
    """Household number → the returned case it mends; → the code of why it mends none."""
    sent = good[HOUSEHOLD_NO].unique(maintain_order=True).to_list()
    rows = db.session.execute(
        select(Case.household_no, Case.id, Case.desk_id, Case.state)
        .where(Case.entrustment_id == entrustment_id, Case.household_no.in_(sent))
        .order_by(Case.id)
        .with_for_update()
    )
    known: dict[str, list[tuple[str, Home]]] = {}
    for number, case_id, desk_id, state in rows:
        known.setdefault(number, []).append((state, Home(case_id, desk_id)))
    homes: dict[str, Home] = {}
    refusals: dict[str, str] = {}
    for number in sent:
        returned = [home for state, home in known.get(number, []) if state == "returned"]
        if len(returned) == 1:
            homes[number] = returned[0]
        elif returned:
            refusals[number] = "household_returned_twice"
        else:
            refusals[number] = "household_not_returned" if number in known else "household_not_here"
    return homes, refusals


def _hold_back(checked: CheckedList, refusals: Mapping[str, str]) -> CheckedList:
    """The same list with the refused households held back, the fault at their first row."""
    if not refusals:
        return checked
    refused = checked.good.filter(pl.col(HOUSEHOLD_NO).is_in(list(refusals)))
    above = checked.held_back["household"].max()
    first_free = (above if isinstance(above, int) else 0) + 1
    held = refused.select(
        "sheet_row",
        (pl.col(HOUSEHOLD_NO).rank("dense").cast(pl.Int32) + first_free).alias("household"),
    ).cast(checked.held_back.schema)
    faults = [
        RowFault(row["sheet_row"], HOUSEHOLD_NO, refusals[row[HOUSEHOLD_NO]])
        for row in refused.unique(HOUSEHOLD_NO, keep="first", maintain_order=True).iter_rows(
            named=True
        )
    ]
    counts = checked.households
    return with_changes(
        checked,
        good=checked.good.filter(~pl.col(HOUSEHOLD_NO).is_in(list(refusals))),
        faults=sorted([*checked.faults, *faults], key=lambda fault: fault.row),
        held_back=pl.concat([checked.held_back, held]).sort("sheet_row"),
        households=HouseholdCounts(
            counts.sent, counts.good - len(refusals), counts.held_back + len(refusals)
        ),
    )
