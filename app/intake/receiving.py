"""A sheet that comes in: checked by the law of its province, kept with its error file."""

from app.accounts.actor import Actor
from app.cases.models import SCHEMES, SubjectList
from app.intake import names
from app.intake.error_file import write_error_file
from app.intake.places import known_regions
from app.intake.rules import CheckedList, check_list
from app.intake.sheet import Sheet
from tenants import files
from tenants.agency.tree import agency
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.messages import RowFault
from tenants.rulebook import Rulebook, rulebook
from tenants.vault import vault

DAYS_PER_MONTH = 31
FAULTS_KEPT = 200


def law_of(actor: Actor) -> Rulebook:
    """The rulebook of the actor's province."""
    return rulebook(agency(actor.agency_id).province)


def judge(sheet: Sheet, law: Rulebook) -> CheckedList:
    """Check what was read, or typed, as of the business date by the law of its province."""
    return check_list(
        sheet,
        schemes=SCHEMES,
        today=business_date(),
        authorisation_max_days=law.authorisation_max_months.value * DAYS_PER_MONTH,
        known_regions=known_regions(law.province),
        guardian_below_age=law.guardian_below_age.value,
    )


def keep_file(sheet: Sheet, data: bytes, actor: Actor) -> int:
    """Keep the sheet as it was sent; the file's id."""
    place = {"unit_id": actor.unit_id, "desk_id": actor.desk_id}
    return files.store("list", names.LIST + sheet.suffix, data, **place)


def keep_list(
    sheet: Sheet, checked: CheckedList, file_id: int, actor: Actor, *, corrects: int = 0
) -> SubjectList:
    """Keep the error file if there is one, and the first faults for the page.

    ``corrects``: the entrustment whose returned households the list mends.
    """
    place = {"unit_id": actor.unit_id, "desk_id": actor.desk_id}
    error_file_id = None
    if checked.faults:
        found = write_error_file(sheet, checked)
        error_file_id = files.store("errors", names.ERRORS, found, **place)
    list_id = take_ids(1)[0]
    row = _row(list_id, checked, actor, corrects)
    row.file_id, row.layout_id = file_id, sheet.layout_id
    row.error_file_id = error_file_id
    row.faults_sealed = _sealed(list_id, checked.faults) if checked.faults else None
    db.session.add(row)
    db.session.flush()
    return row


def keep_typed(checked: CheckedList, actor: Actor, *, corrects: int = 0) -> SubjectList:
    """A household that was typed in stands on a list of its own, which has no file."""
    row = _row(take_ids(1)[0], checked, actor, corrects)
    db.session.add(row)
    db.session.flush()
    return row


def _row(list_id: int, checked: CheckedList, actor: Actor, corrects: int) -> SubjectList:
    return SubjectList(
        agency_id=actor.agency_id,
        id=list_id,
        unit_id=actor.unit_id,
        desk_id=actor.desk_id,
        corrects=corrects,
        households=checked.households.good,
        subjects=len(checked.good),
        held_back=checked.households.held_back,
        uploaded_by=actor.account_id,
        uploaded_at=instant(),
    )


def _sealed(list_id: int, faults: list[RowFault]) -> bytes:
    kept = [
        {"row": f.row, "column": f.column, "code": f.code, "values": _plain(f)}
        for f in faults[:FAULTS_KEPT]
    ]
    return vault().seal("subject_list", list_id, {"faults": kept, "total": len(faults)})


def _plain(fault: RowFault) -> dict[str, str | int]:
    return {k: v if isinstance(v, int) else str(v) for k, v in fault.values.items()}


def faults_of(row: SubjectList) -> tuple[list[RowFault], int]:
    """The first faults of a list as kept, and how many there were."""
    if row.faults_sealed is None:
        return [], 0
    opened = vault().open("subject_list", row.id, row.faults_sealed)
    return [RowFault(**fault) for fault in opened["faults"]], opened["total"]
