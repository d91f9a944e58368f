"""A list comes in, is entrusted, and is checked: upload, submit, accept, return, resubmit."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import CHUNK, Chosen, Moved, move
from app.cases.models import Case, Entrustment, SubjectList
from app.cases.telling import tell_senders, tell_staff
from app.intake import names
from app.intake.explaining import Place, header_at
from app.intake.layout import Layout, Remembered, fingerprinted
from app.intake.layouts import remember, remembered_by
from app.intake.promotion import promote
from app.intake.receiving import judge, keep_file, keep_list, law_of
from app.intake.sheet import Sheet, read_sheet, sheet_of
from app.intake.ticking import without_unseen
from app.intake.waiting import Waiting, keep_waiting
from app.notices.service import To, tell
from app.papers.pictures import Picture
from app.papers.service import add_sealed_list
from tenants import files
from tenants.agency.changes import successor_of
from tenants.agency.tree import agency
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, id_array
from tenants.messages import Fault
from tenants.numbers import take_numbers
from tenants.rulebook import Rulebook
from tenants.rulebook.model import PaperCheck

# A download is called by what it is, never by the name it came with.
_SCAN_SUFFIXES = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png"}


def upload_list(
    data: bytes, filename: str, actor: Actor, *, remembered: Remembered | None = None
) -> SubjectList:
    """Check a list and bring its good households in as prepared cases.

    A fault of the file raises ``Fault`` and writes nothing. A fault in a row holds back that
    household only; the error file gives it back with what is wrong and what would be right.
    ``remembered``: the layouts to read by, those that this sender confirmed unless given.
    """
    actor.must("list.prepare")
    sheet = read_sheet(data, filename, remembered=remembered or remembered_by(actor))
    return _take_in(sheet, keep_file(sheet, data, actor), actor)


def _require_taking_in(actor: Actor, day: dt.date) -> None:
    found = successor_of(actor.agency_id, day)
    if found is not None:
        successor, since = found
        raise Fault("agency_merged", name=agency(successor).name, since=since)


@dataclass(frozen=True)
class Received:
    """What became of an upload: a list, or a file that waits until its columns are explained."""

    list_id: int = 0
    waiting_file_id: int = 0


def receive_list(data: bytes, filename: str, actor: Actor) -> Received:
    """As :func:`upload_list`; but a sheet whose headings are not understood is kept, encrypted,
    until somebody says which column is which. Other faults of the file raise ``Fault``."""
    actor.must("list.prepare")
    _require_taking_in(actor, business_date())
    try:
        return Received(list_id=upload_list(data, filename, actor).id)
    except Fault as fault:
        return Received(waiting_file_id=keep_waiting(data, filename, fault, actor))


def upload_explained(waiting: Waiting, place: Place, layout: Layout, actor: Actor) -> SubjectList:
    """Take a waiting file in as a person explained it, and remember that for its sender."""
    actor.must("list.prepare")
    return _take_in(explained(waiting, place, layout, actor), waiting.file_id, actor)


def explained(waiting: Waiting, place: Place, layout: Layout, actor: Actor) -> Sheet:
    """The sheet of a waiting file, read as explained; the explanation is remembered."""
    grid, header = header_at(waiting.opened, place, layout)
    sheet = sheet_of(waiting.opened, grid, header, names.LIST)
    return replace(sheet, layout_id=remember(layout, fingerprinted(header.texts), actor))


def change_layout(waiting: Waiting, place: Place, layout: Layout, actor: Actor) -> None:
    """Remember another explanation for the next lists with these headings."""
    actor.must("list.prepare")
    header = header_at(waiting.opened, place, layout)[1]
    remember(layout, fingerprinted(header.texts), actor)


def _take_in(sheet: Sheet, file_id: int, actor: Actor) -> SubjectList:
    law = law_of(actor)
    checked = judge(sheet, law)
    row = keep_list(sheet, checked, file_id, actor)
    promote(checked.good, row.id, actor, law.period_of(business_date()))
    audit.record(
        actor.account_id,
        "list.upload",
        kind="subject_list",
        subject_id=row.id,
        unit_id=actor.unit_id,
        households=row.households,
        held_back=row.held_back,
    )
    return row


def submit(
    list_ids: Sequence[int],
    *,
    letter_number: str,
    letter_on: dt.date,
    actor: Actor,
    letter_file: tuple[str, bytes] | None = None,
    sealed_list: Sequence[Picture] = (),
) -> Entrustment:
    """The department entrusts several desks' households at once, with its sealed letter; so does
    a desk its own, where the rulebook lets desks entrust.

    Raises ``Fault("nothing_to_submit")`` when the lists hold no household in preparation. What
    arrives after the window's last day joins the next month (操作规程 四). Raises
    ``Fault("agency_merged")`` where the agency goes on in another one.
    """
    law, today = law_of(actor), business_date()
    action = _right_to_submit(actor, law)
    _require_taking_in(actor, today)
    period = law.period_of(today)
    chosen = list(
        db.session.scalars(
            select(Case.id)
            .where(Case.list_id == any_of(list_ids))
            .where(Case.state == "prepared")
            .order_by(Case.id)
            .with_for_update()
        )
    )
    if not chosen:
        raise Fault("nothing_to_submit")
    entrustment = Entrustment(
        origin="unit",
        number=take_numbers("entrustment", 1)[0],
        period=period,
        unit_id=actor.unit_id,
        desk_id=actor.desk_id,
        letter_number=letter_number,
        letter_on=letter_on,
        letter_file_id=_kept(letter_file, actor),
        sealed_by=actor.account_id,
        submitted_on=today,
        submitted_at=instant(),
    )
    db.session.add(entrustment)
    db.session.flush()
    add_sealed_list(entrustment, sealed_list, actor)
    _enter(chosen, entrustment, law)
    for start in range(0, len(chosen), 5_000):
        move("case", action, Chosen.of(chosen[start : start + 5_000]), actor)
    tell(
        "entrustment.submitted",
        To(("intake_officer",)),
        object_id=entrustment.id,
        number=entrustment.number,
        count=len(chosen),
    )
    audit.record(
        actor.account_id,
        "entrustment.submit",
        kind="entrustment",
        subject_id=entrustment.id,
        unit_id=actor.unit_id,
        households=len(chosen),
    )
    return entrustment


def may_entrust(actor: Actor) -> bool:
    """Whether this person submits: for a department, or for a desk whose rulebook lets it."""
    own = actor.may("entrustment.submit_own") and law_of(actor).desks_may_entrust.value
    return actor.may("entrustment.submit") or own


def _right_to_submit(actor: Actor, law: Rulebook) -> str:
    """The transition by which this person submits; ``Forbidden`` when there is none."""
    if actor.desk_id and law.desks_may_entrust.value:
        actor.must("entrustment.submit_own")
        return "submit_own"
    actor.must("entrustment.submit")
    return "submit"


def _kept(letter_file: tuple[str, bytes] | None, actor: Actor) -> int | None:
    if letter_file is None:
        return None
    data = letter_file[1]
    suffix = next((s for magic, s in _SCAN_SUFFIXES.items() if data.startswith(magic)), "")
    place = {"unit_id": actor.unit_id, "desk_id": actor.desk_id}
    return files.store("letter", names.LETTER_SCAN + suffix, data, **place)


def _enter(case_ids: Sequence[int], entrustment: Entrustment, law: Rulebook) -> None:
    """Give the cases their entrustment, number, period and due date, in one statement."""
    numbers = take_numbers("case", len(case_ids))
    pairs = (
        func.unnest(id_array(case_ids), literal(numbers, ARRAY(Case.number.type)))
        .table_valued("case_id", "number")
        .render_derived()
    )
    db.session.execute(
        update(Case)
        .where(Case.id == pairs.c.case_id)
        .values(
            entrustment_id=entrustment.id,
            number=pairs.c.number,
            period=entrustment.period,
            due_on=law.report_by(entrustment.period),
        )
        .execution_options(synchronize_session=False)
    )


def accept(chosen: Chosen, actor: Actor) -> Moved:
    """受理初审: the papers are complete and well formed, and paper equals file.

    A household of a sample with a paper that is not ticked off is skipped; where the rulebook wants
    every paper ticked off, any household.
    """
    wants_all = law_of(actor).paper_check.value is not PaperCheck.OPTIONAL
    seen, skipped = without_unseen(chosen, CHUNK, wants_all=wants_all)
    moved = move("case", "accept", seen, actor)
    return Moved(moved.done, (*moved.skipped, *skipped))


def return_cases(chosen: Chosen, actor: Actor, reason: str) -> Moved:
    """Return households to the commissioning unit with the reasons (操作规程 三(一)1)."""
    moved = move("case", "return", chosen, actor, reason=reason)
    tell_senders("case.returned", moved.done)
    return moved


def resubmit(case_ids: Sequence[int], actor: Actor) -> Moved:
    """A returned household comes again, with its history and the same number."""
    moved = move("case", "resubmit", Chosen.of(case_ids), actor)
    tell_staff("entrustment.resubmitted", ["intake_officer"], moved.done)
    return moved


def lists_of(actor: Actor) -> list[SubjectList]:
    """The lists of this desk, or of all desks of this department, newest first."""
    own = select(SubjectList).where(
        SubjectList.unit_id == actor.unit_id,
        or_(literal(actor.desk_id) == 0, SubjectList.desk_id == actor.desk_id),
    )
    return list(db.session.scalars(own.order_by(SubjectList.id.desc()).limit(200)))
