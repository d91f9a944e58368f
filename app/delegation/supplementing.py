"""追加委托, taken in: people of households that the lower agency entrusted before.

Somebody added, or a number put right, is a new person of the household; a consent given anew
and a name put right belong to the person who is there.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, select

from app.accounts.actor import system_actor
from app.cases.lifecycle import Chosen, move, note
from app.cases.models import Authorisation, Case, Subject
from app.cases.telling import tell_staff
from app.cases.transitions import HANDED_OVER
from app.delegation.answers import lock_cases
from app.delegation.asking import ask_about
from app.delegation.consent_told import consent_of
from app.delegation.entrusting import NewPerson, insert_people
from app.delegation.letters import OpenLetter
from app.delegation.renaming import rename, tell_renamed
from app.papers.travelling import take_in_new_papers
from tenants.database import any_of, db
from tenants.outbox import post
from tenants.scope import current_scope

_AT_WORK = ("accepted", "checking", *HANDED_OVER)


def take_in(letter: OpenLetter) -> None:
    """Add what came to the households, and ask about it; nobody else is asked about again.

    Raises ``LookupError`` for a household that never came: the job is tried again.
    """
    content = letter.content
    named = content.get("renamed", [])
    wanted = {entry["ref"] for entry in content["cases"]} | {entry["case"] for entry in named}
    cases = _cases(letter.from_agency_id, wanted)
    at_work = {ref: case for ref, case in cases.items() if case.state in _AT_WORK}
    actor = system_actor(current_scope().agency_id)
    known = _known(case.id for case in at_work.values())
    renamed = {
        known[at_work[entry["case"]].id, entry["subject"]]: entry["name"]
        for entry in named
        if entry["case"] in at_work and (at_work[entry["case"]].id, entry["subject"]) in known
    }
    note("case", rename(renamed), "name_corrected_below", actor)
    tell_renamed(renamed)
    entries = [entry for entry in content["cases"] if entry["ref"] in at_work]
    if entries:
        _add(entries, at_work, known)
    ended = [case.id for case in cases.values() if case.state == "terminated"]
    if ended:
        post("case.tell_terminated", {"ids": ended})


def _add(
    entries: Sequence[Mapping[str, Any]],
    cases: Mapping[int, Case],
    known: Mapping[tuple[int, int], int],
) -> None:
    actor = system_actor(current_scope().agency_id)
    ids = sorted({cases[entry["ref"]].id for entry in entries})
    lock_cases(ids)
    move("case", "supplement", Chosen.of(ids), actor)
    rows = _last_rows(ids)
    people: list[NewPerson] = []
    wanted: dict[int, Sequence[int]] = {}
    consents, papers = [], {}
    for entry in entries:
        case = cases[entry["ref"]]
        for told in entry["subjects"]:
            subject_id = known.get((case.id, told["ref"]))
            if subject_id is None:
                rows[case.id] += 1
                replaced = known.get((case.id, told.get("replaces", 0)), 0)
                people.append(NewPerson(case.id, rows[case.id], told, replaced))
            else:
                wanted[subject_id] = told["items"]
                consents.append(consent_of(subject_id, told))
                papers[case.id, subject_id] = told["papers"]
    if consents:
        db.session.execute(insert(Authorisation).inline(), consents)
        take_in_new_papers(papers)
    for subject_id, person in zip(insert_people(people), people, strict=True):
        wanted[subject_id] = person.told["items"]
    _count_people(people)
    note("case", ids, "supplement_came", actor)
    tell_staff("letter.supplemented", ["reviewer", "exchange_operator"], ids)
    ask_about(wanted)


def _cases(from_agency_id: int, refs: Iterable[int]) -> dict[int, Case]:
    """Their case → ours, the latest that was not called back."""
    rows = db.session.scalars(
        select(Case)
        .where(
            Case.from_agency_id == from_agency_id,
            Case.origin_case == any_of(sorted(refs)),
            Case.origin == "below",
        )
        .order_by(Case.state != "recalled", Case.id)
    )
    found = {case.origin_case: case for case in rows}
    missing = set(refs) - found.keys()
    if missing:
        raise LookupError(f"no case of agency {from_agency_id} for {sorted(missing)}")
    return found


def _known(case_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """(our case, their subject) → our subject."""
    rows = db.session.execute(
        select(Subject.case_id, Subject.origin_subject, Subject.id).where(
            Subject.case_id == any_of(sorted(case_ids))
        )
    )
    return {(row.case_id, row.origin_subject): row.id for row in rows}


def _last_rows(case_ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Subject.case_id, func.max(Subject.row_no))
        .where(Subject.case_id == any_of(case_ids))
        .group_by(Subject.case_id)
    )
    return dict(rows.tuples().all())


def _count_people(people: Sequence[NewPerson]) -> None:
    """A household is larger by those who came, not by those whose number was put right."""
    more: dict[int, int] = {}
    for person in people:
        if not person.told.get("replaces"):
            more[person.case_id] = more.get(person.case_id, 0) + 1
    for case in db.session.scalars(select(Case).where(Case.id == any_of(sorted(more)))):
        case.size += more[case.id]
    db.session.flush()
