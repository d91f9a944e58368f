"""At the township: taking an application, the investigation, and taking it back (township)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.accounts.actor import Actor
from app.assistance.temporary.messages import Fault
from app.assistance.temporary.models import Application, ApplicationPaper, Visit
from app.assistance.temporary.people import TABLE, Applicant, application_of, law
from app.assistance.temporary.rules import EVER, period_of
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, move, note
from app.papers import names
from app.papers.pictures import Picture
from app.papers.service import FILE_KIND, SUFFIXES, cleaned
from tenants import files
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.numbers import take_numbers
from tenants.vault import vault

DAYS_OF_MONTH = 31


@dataclass(frozen=True)
class Asked:
    """What somebody brings to the township's desk: scans by kind, the consent among them."""

    person: Applicant
    place: str
    applied_on: dt.date
    consent_on: dt.date
    consent_until: dt.date
    scans: Mapping[str, Sequence[bytes]]


def apply(asked: Asked, actor: Actor) -> Moved:
    """Number an application.

    Raises ``Fault`` without the signed consent, for days that cannot be, and where the county has
    an application of the same person in the same period (it does not say which desk's).
    """
    actor.must("temporary.apply")
    _require_days(asked)
    if not asked.scans.get("consent"):
        raise Fault("temporary.unsigned")
    pictures = {kind: cleaned(sent) for kind, sent in asked.scans.items() if sent}
    period = period_of(asked.applied_on, law().temporary_once.value)
    (id_,), keys = take_ids(1), vault()
    row = pg_insert(Application).values(
        id=id_,
        number=take_numbers("temporary", 1)[0],
        state="applied",
        unit_id=actor.unit_id,
        desk_id=actor.desk_id,
        locality=asked.place,
        applied_on=asked.applied_on,
        period=period,
        consent_on=asked.consent_on,
        consent_until=asked.consent_until,
        person_hash=keys.look_up(asked.person.id_number),
        taken_by=actor.account_id,
        sealed=keys.seal(TABLE, id_, asked.person.as_json()),
    )
    made = db.session.execute(row.on_conflict_do_nothing().returning(Application.id))
    if made.first() is None:
        raise Fault("temporary.once_for_all" if period == EVER else "temporary.twice")
    for kind, sheets in pictures.items():
        _keep(id_, kind, sheets, actor)
    unit, desk = actor.unit_id, actor.desk_id
    note("temporary", [id_], "apply_temporary", actor, unit_id=unit, desk_id=desk)
    _trail(actor, "apply", id_)
    return Moved((id_,))


def _require_days(asked: Asked) -> None:
    today, months = business_date(), law().authorisation_max_months.value
    if max(asked.applied_on, asked.consent_on) > today:
        raise Fault("temporary.day", today=today)
    longest = asked.consent_on + dt.timedelta(days=DAYS_OF_MONTH * months)
    if not max(today, asked.consent_on) <= asked.consent_until <= longest:
        raise Fault("temporary.consent_term", months=months)


def _keep(application_id: int, kind: str, pictures: Sequence[Picture], actor: Actor) -> None:
    place = (actor.unit_id, actor.desk_id)
    new = [
        files.NewFile(names.SHEET + SUFFIXES.get(one.media_type, ".pdf"), one.data, *place)
        for one in pictures
    ]
    rows = [
        {
            "application_id": application_id,
            "unit_id": actor.unit_id,
            "desk_id": actor.desk_id,
            "kind": kind,
            "file_id": file_id,
            "media_type": one.media_type,
            "uploaded_by": actor.account_id,
        }
        for file_id, one in zip(files.store_many(FILE_KIND, new), pictures, strict=True)
    ]
    db.session.execute(insert(ApplicationPaper).inline(), rows)


@dataclass(frozen=True)
class Found:
    """What an investigation came to."""

    visited_on: dt.date
    visitors: str
    findings: str
    proposal: str


def investigate(application_id: int, revision: int, found: Found, actor: Actor) -> Moved:
    """乡镇调查核实, with what the township proposes. ``Fault`` for a day that cannot be."""
    row = application_of(application_id, lock=True)
    if found.visited_on > business_date():
        raise Fault("temporary.day", today=business_date())
    if found.visited_on < row.applied_on:
        raise Fault("temporary.visit_before", applied_on=row.applied_on)
    moved = move("temporary", "investigate", Chosen.seen({row.id: revision}), actor)
    if moved.done:
        (id_,) = take_ids(1)
        told = {"visitors": found.visitors.strip(), "findings": found.findings.strip()}
        visit = insert(Visit).values(
            id=id_,
            application_id=row.id,
            unit_id=row.unit_id,
            desk_id=row.desk_id,
            visited_on=found.visited_on,
            proposal=found.proposal,
            account_id=actor.account_id,
            name=actor.name,
            at=instant(),
            sealed=vault().seal("temporary_visit", id_, told),
        )
        db.session.execute(visit.inline())
        _trail(actor, "investigate", row.id)
    return moved


def withdraw(application_id: int, revision: int, reason: str, actor: Actor) -> Moved:
    """The applicant takes it back before it was put before the two bureaus."""
    row = application_of(application_id, lock=True)
    chosen = Chosen.seen({row.id: revision})
    moved = move("temporary", "withdraw_temporary", chosen, actor, reason=reason)
    if moved.done:
        _trail(actor, "withdraw", row.id)
    return moved


def _trail(actor: Actor, verb: str, id_: int) -> None:
    audit.record(
        *(actor.account_id, f"temporary.{verb}"),
        kind=TABLE,
        subject_id=id_,
        unit_id=actor.unit_id,
    )
