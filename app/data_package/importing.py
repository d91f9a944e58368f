"""导入数据包: list, letter and scans become one entrustment, or nothing is written at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import polars as pl
from sqlalchemy import select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases import queries as cases
from app.cases.lifecycle import note, take_duty
from app.cases.models import Case, Entrustment
from app.data_package import names
from app.data_package.models import DataPackage
from app.data_package.reading import OpenPackage, Scan, read_package
from app.intake import service as intake
from app.intake.layout import nothing_remembered
from app.intake.receiving import judge, law_of
from app.intake.sheet import read_sheet
from app.papers.messages import KIND_TITLES
from app.papers.rules import OF_SUBJECT
from app.papers.service import NewSheet, described, keep, write
from tenants.agency.models import Unit
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.messages import Fault
from tenants.vault import digest

_ON_BEHALF = frozenset({"list.prepare", "entrustment.submit"})
Place = tuple[str, int]
"""A household's number and a person's place in it."""


def import_own(data: bytes, password: str, actor: Actor) -> Entrustment:
    """A department's own package, in place of list, scans and letter one by one."""
    actor.must("package.prepare")
    return _import(data, password, actor, on_behalf=False)


def import_on_behalf(data: bytes, password: str, unit_id: int, officer: Actor) -> Entrustment:
    """The disc of a department without a login, imported by an intake officer.

    It is an act of the intake check: the officer may then check these households, and never
    review them or issue on them (操作规程 三(一)1, 五(一)).
    """
    officer.must("package.import")
    unit = db.session.scalar(
        select(Unit.id).where(Unit.id == unit_id, Unit.kind == "commissioning")
    )
    if unit is None:
        raise Fault("package_unit")
    acting = replace(officer, unit_id=unit, desk_id=0, permissions=_ON_BEHALF)
    return _import(data, password, acting, on_behalf=True)


def _import(data: bytes, password: str, actor: Actor, *, on_behalf: bool) -> Entrustment:
    again = select(DataPackage.id).where(
        DataPackage.unit_id == actor.unit_id, DataPackage.digest == digest(data)
    )
    if db.session.scalar(again) is not None:
        raise Fault("package_again")
    package = read_package(data, password, actor.agency_id)
    if package.manifest.letter_date > business_date():
        raise Fault("package_letter_late")
    _check(package, actor)
    # A package holds the list as the portal writes it; no sender's own headings.
    listed = intake.upload_list(package.list_data, names.LIST, actor, remembered=nothing_remembered)
    homes = _homes(listed.id)
    _keep_scans(package.scans, homes, actor)
    entrustment = intake.submit(
        [listed.id],
        letter_number=package.manifest.letter_number,
        letter_on=package.manifest.letter_date,
        actor=actor,
        letter_file=("", package.letter),
        sealed_list=package.sealed_list,
    )
    case_ids = sorted({case.id for case, _subject in homes.values()})
    note("case", case_ids, "import_package", actor, unit_id=actor.unit_id)
    if on_behalf:
        # The seal on the paper is the department's; nobody put one here.
        entrustment.sealed_by = None
        take_duty("intake_check", case_ids, actor)
    db.session.add(
        DataPackage(
            agency_id=actor.agency_id,
            id=take_ids(1)[0],
            unit_id=actor.unit_id,
            entrustment_id=entrustment.id,
            on_behalf=on_behalf,
            digest=digest(data),
            households=listed.households,
            subjects=listed.subjects,
            held_back=listed.held_back,
            papers=len(package.scans),
            imported_by=actor.account_id,
            imported_at=instant(),
        )
    )
    db.session.flush()
    audit.record(
        actor.account_id,
        "package.import",
        kind="entrustment",
        subject_id=entrustment.id,
        unit_id=actor.unit_id,
        on_behalf=on_behalf,
        households=listed.households,
        held_back=listed.held_back,
        papers=len(package.scans),
    )
    return entrustment


def _check(package: OpenPackage, actor: Actor) -> None:
    """Everything that is held against each other before a row is written."""
    sheet = read_sheet(package.list_data, names.LIST)
    checked = judge(sheet, law_of(actor))
    if not checked.households.good:
        raise Fault("package_no_household", count=checked.households.held_back)
    counted = (checked.households.good + checked.households.held_back, len(sheet.frame))
    if counted != (package.manifest.households, package.manifest.subjects):
        raise Fault("package_counts", households=counted[0], subjects=counted[1])
    sent = Counter(_numbers(sheet.frame))
    good = Counter(_numbers(checked.good))
    for scan in package.scans:
        if scan.person > sent[scan.household] or not sent[scan.household]:
            raise Fault("package_of_nobody", household=scan.household, person=scan.person)
    _complete(good, package.scans)


def _complete(good: Counter[str], scans: Sequence[Scan]) -> None:
    """Every subject who goes on brings both papers (操作规程 二(一)3, 4)."""
    there = {(scan.household, scan.person, scan.kind) for scan in scans}
    missing = [
        (household, person, kind)
        for household, count in good.items()
        for person in range(1, count + 1)
        for kind in OF_SUBJECT
        if (household, person, kind) not in there
    ]
    if missing:
        household, person, kind = missing[0]
        raise Fault(
            "package_scans_missing",
            count=len(missing),
            household=household,
            person=person,
            kind=KIND_TITLES[kind],
        )


def _numbers(frame: pl.DataFrame) -> list[str]:
    return [str(number or "").strip() for number in frame["household_no"].to_list()]


def _homes(list_id: int) -> dict[Place, tuple[Case, int]]:
    """(household number, place; 0 for the household) → its case and subject."""
    rows = db.session.scalars(select(Case).where(Case.list_id == list_id)).all()
    people = cases.members([case.id for case in rows])
    return {
        (case.household_no, place): (case, subject_id)
        for case in rows
        for place, subject_id in enumerate([0, *(m.id for m in people.get(case.id, ()))])
    }


def _keep_scans(scans: Sequence[Scan], homes: dict[Place, tuple[Case, int]], actor: Actor) -> None:
    """The scans of the households that were taken in; those of one held back wait with it."""
    here = [scan for scan in scans if (scan.household, scan.person) in homes]
    placed = [(homes[scan.household, scan.person], scan) for scan in here]
    ids = keep([(scan.picture, case) for (case, _subject), scan in placed])
    write(
        [
            (
                case,
                NewSheet(
                    *(case.id, subject_id, scan.kind, scan.sequence, file_id),
                    *described(scan.picture),
                ),
            )
            for file_id, ((case, subject_id), scan) in zip(ids, placed, strict=True)
        ],
        actor,
    )


def units() -> list[tuple[int, str]]:
    """(id, name) of the commissioning units of this agency, to choose from."""
    return [(unit_id, name) for unit_id, name in cases.units_of_kind("commissioning")]


def packages(unit_ids: Sequence[int]) -> list[DataPackage]:
    """The packages that came in for these units, newest first, at most fifty."""
    rows = select(DataPackage).where(DataPackage.unit_id == any_of(unit_ids))
    return list(db.session.scalars(rows.order_by(DataPackage.id.desc()).limit(50)))
