"""Objections up and their outcomes down: by the one door, in sets, taken in once."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import insert, select

from app.accounts.actor import system_actor
from app.cases.lifecycle import Chosen, move, note
from app.cases.models import Case, Subject
from app.cases.telling import tell_senders, tell_staff
from app.delegation.holders import holders_of
from app.delegation.letters import OpenLetter, send_down, send_up
from app.delegation.overtaking import take_in_what_came_before
from app.findings.models import Finding
from app.objections.contested import Answer, as_answer, nothing_found, source_of
from app.objections.messages import say
from app.objections.models import Objection
from app.objections.reading import objections_of
from app.objections.words import By, Said, said_about, say_about
from tenants.agency.tree import agency
from tenants.database import any_of, db, take_ids
from tenants.scope import current_scope

Told = Mapping[str, Any]


def send_on(rows: Sequence[Objection]) -> None:
    """Send objections to the agency above that has the household, in this agency's ids;
    ``LookupError`` where none has it."""
    if not rows:
        return
    holders = holders_of(row.case_id for row in rows)
    said, origins = said_about([row.id for row in rows]), {0: 0} | _origins(rows)
    periods = _periods(rows)
    letters: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        letters.setdefault((holders[row.case_id], periods[row.case_id]), []).append(
            _going_up(row, origins[row.finding_id], said[row.id][0])
        )
    for (holder, period), entries in letters.items():
        content = {"objections": entries}
        send_up(agency(holder), "object", uuid.uuid4(), content, period=period)


def _going_up(row: Objection, origin: int, says: Said) -> dict[str, Any]:
    return {
        "ref": row.id,
        "number": row.number,
        "case": row.case_id,
        "subject": row.subject_id,
        "finding": origin,
        "by": row.by_agency_id,
        "item": row.item,
        "was": row.was,
        "source": row.source_name,
        "due_on": row.due_on.isoformat(),
        "words": says.words,
        "said_on": says.said_on.isoformat(),
        "name": says.name,
    }


def _origins(rows: Sequence[Objection]) -> dict[int, int]:
    """Own finding → its id at the agency that checked."""
    query = select(Finding.id, Finding.origin_finding)
    found = db.session.execute(query.where(Finding.id == any_of([r.finding_id for r in rows])))
    return {own: origin or own for own, origin in found}


def _periods(rows: Sequence[Objection]) -> dict[int, int]:
    query = select(Case.id, Case.period).where(Case.id == any_of([row.case_id for row in rows]))
    return dict(db.session.execute(query).tuples().all())


def take_in_objections(letter: OpenLetter) -> None:
    """Objections from below: kept, and sent on where another tier above found it.

    Raises ``LookupError`` for a person or a finding that never came: the job is tried again.
    """
    take_in_what_came_before(letter)
    entries = {entry["ref"]: entry for entry in letter.content["objections"]}
    known = select(Objection.origin_id).where(
        Objection.from_agency_id == letter.from_agency_id,
        Objection.origin_id == any_of(sorted(entries)),
    )
    fresh = sorted(entries.keys() - set(db.session.scalars(known)))
    subjects = _subjects(letter.from_agency_id, [entries[ref] for ref in fresh])
    rows = [
        _keep(letter.from_agency_id, entries[ref], subjects[entries[ref]["subject"]])
        for ref in fresh
    ]
    actor = system_actor(current_scope().agency_id)
    for row in rows:
        note("case", [row.case_id], "objection_came", actor, reason=row.number)
    here = [row for row in rows if row.by_agency_id == actor.agency_id]
    tell_staff("objection.taken", ["reviewer"], sorted({row.case_id for row in here}))
    onward = [row for row in rows if row.by_agency_id != actor.agency_id]
    if onward:
        move("objection", "pass_objection", Chosen.of(row.id for row in onward), actor)
        send_on(onward)


def _subjects(from_agency_id: int, entries: Sequence[Told]) -> dict[int, Subject]:
    """Their subject → ours, of the case that came last."""
    rows = db.session.scalars(
        select(Subject)
        .join(Case, (Case.agency_id == Subject.agency_id) & (Case.id == Subject.case_id))
        .where(
            Case.from_agency_id == from_agency_id,
            Case.origin == "below",
            Case.origin_case == any_of([entry["case"] for entry in entries]),
            Subject.origin_subject == any_of([entry["subject"] for entry in entries]),
        )
        .order_by(Case.state != "recalled", Subject.id)
    )
    found = {row.origin_subject: row for row in rows}
    missing = {entry["subject"] for entry in entries} - found.keys()
    if missing:
        raise LookupError(f"no subject of agency {from_agency_id} for {sorted(missing)}")
    return found


def _contested(entry: Told, subject: Subject) -> Answer:
    """The same answer as this tier has it: which finding, or where nothing was found."""
    if not entry["finding"]:
        return _nothing(entry, subject)
    own = current_scope().agency_id
    query = select(Finding).where(
        Finding.case_id == subject.case_id, Finding.by_agency_id == entry["by"]
    )
    column = Finding.id if entry["by"] == own else Finding.origin_finding
    finding = db.session.scalars(query.where(column == entry["finding"])).one_or_none()
    if finding is None:
        raise LookupError(f"no finding {entry['finding']} of agency {entry['by']}")
    unit_id, request_id = source_of(finding)
    named = (finding.by_agency_id, finding.source_name, unit_id, request_id)
    return Answer(subject.id, finding.item, finding.id, entry["was"], *named)


def _nothing(entry: Told, subject: Subject) -> Answer:
    """Of this tier's own units where they were asked, else what came from above; named with every
    unit that was asked."""
    found = [
        row
        for row in nothing_found(subject.case_id)
        if (row.subject_id, row.item) == (subject.id, entry["item"])
    ]
    if not found:
        raise LookupError(f"nothing about {entry['item']} of subject {subject.id} ended empty")
    answers = [as_answer(row, subject.case_id) for row in found]
    of_units = [answer for answer in answers if answer.source_unit_id]
    if not of_units:
        return answers[0]
    named = say("objection.join").join(answer.source_name for answer in of_units)
    return replace(of_units[0], source_name=named)


def _keep(from_agency_id: int, entry: Told, subject: Subject) -> Objection:
    answer = _contested(entry, subject)
    (id_,) = take_ids(1)
    row = insert(Objection).values(
        id=id_,
        number=entry["number"],
        state="taken",
        case_id=subject.case_id,
        from_agency_id=from_agency_id,
        origin_id=entry["ref"],
        said_on=dt.date.fromisoformat(entry["said_on"]),
        due_on=dt.date.fromisoformat(entry["due_on"]),
        **asdict(answer),
    )
    db.session.execute(row.inline())
    (kept,) = objections_of([id_])
    on = dt.date.fromisoformat(entry["said_on"])
    say_about(kept, "says", entry["words"], By(on, 0, entry["name"]))
    return kept


def send_down_outcomes(rows: Sequence[Objection], said: Mapping[int, Said]) -> None:
    """Tell the agencies below how the objections that they sent ended (objection → conclusion)."""
    periods = _periods(rows)
    letters: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        if row.from_agency_id:
            told = said[row.id]
            letters.setdefault((row.from_agency_id, periods[row.case_id]), []).append(
                {
                    "ref": row.origin_id,
                    "outcome": row.outcome,
                    "words": told.words,
                    "on": told.said_on.isoformat(),
                    "name": told.name,
                }
            )
    for (child_id, period), entries in letters.items():
        content = {"objections": entries}
        send_down(agency(child_id), "recheck", uuid.uuid4(), content, period=period)


def take_in_outcomes(letter: OpenLetter) -> None:
    """How objections ended above: kept, handed on down, and the household's unit is told."""
    entries = {entry["ref"]: entry for entry in letter.content["objections"]}
    actor = system_actor(current_scope().agency_id)
    moved = move("objection", "be_concluded", Chosen.of(entries), actor)
    rows = objections_of(list(moved.done), lock=True)
    said: dict[int, Said] = {}
    for row in rows:
        told = entries[row.id]
        row.outcome = told["outcome"]
        on = dt.date.fromisoformat(told["on"])
        id_ = say_about(row, "concluded", told["words"], By(on, 0, told["name"]))
        said[row.id] = Said(id_, "concluded", on, told["name"], told["words"], "")
    db.session.flush()
    tell_outcomes(rows, said)


def tell_outcomes(rows: Sequence[Objection], said: Mapping[int, Said]) -> None:
    """After a conclusion: into the household's history, down, and to the unit that is to tell."""
    actor = system_actor(current_scope().agency_id)
    for row in rows:
        note(
            "case",
            [row.case_id],
            "objection_concluded",
            actor,
            reason=row.number,
            unit_id=row.unit_id,
            desk_id=row.desk_id,
        )
    send_down_outcomes(rows, said)
    tell_senders("objection.concluded", sorted({r.case_id for r in rows if r.unit_id}))
