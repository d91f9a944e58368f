"""受理初审 of what was recorded after a household was handed in: taken, or returned with a reason.

Whoever takes it holds the intake check of the household, so nobody who reviewed it or issues its
report (操作规程 五(一)), nor whoever recorded it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, select, text

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.identity import Guardian, Identity
from app.cases.lifecycle import Chosen, Moved, Skip, move, note, take_duty
from app.cases.models import Authorisation, Case, Declaration, Subject
from app.cases.telling import tell_senders
from app.changes.additions import UNDER_WAY
from app.changes.messages import ADDITION_TITLES
from app.changes.models import Addition
from app.changes.person_rows import Judged, judge_person
from app.changes.stopping import stop_packages
from app.delegation.asking import ask_about, ask_anew
from app.delegation.renaming import rename, tell_renamed
from app.delegation.routing import collect
from app.intake.columns import named_kinds
from app.intake.promotion import DECLARED
from app.papers.service import OF_THE_HOUSEHOLD, file_with_subject
from tenants.agency.tree import agency
from tenants.catalogue.outcomes import Outcome
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.own_items import asked_of_each
from tenants.rulebook import rulebook
from tenants.vault import vault

# A report in the making has counted the household as it is.
_REPORTED = text("""
SELECT EXISTS (SELECT FROM report r WHERE r.case_id = :case AND r.kind = 'merged'
                 AND r.state IN ('drafted', 'issued', 'received'))
""")


def take(addition_id: int, revision: int, actor: Actor) -> Moved:
    """Take an addition: the person is part of the household, and is asked about from now on.

    Skipped when it was dealt with, the household is not being checked any more, or this person may
    not. Raises ``LookupError``, and ``Fault("addition_outdated")`` when the list's rules do not
    hold any more.
    """
    actor.must("case.check")
    row, case = _locked(addition_id)
    skipped = _skipped(row, case, actor)
    if skipped:
        return Moved((), (Skip(addition_id, skipped),))
    moved = move("addition", "take_addition", Chosen.seen({addition_id: revision}), actor)
    if not moved.done:
        return moved
    old = db.session.get(Subject, (actor.agency_id, row.subject_id)) if row.subject_id else None
    content = vault().open("addition", row.id, row.sealed)
    judged = judge_person(case, content["row"], instead_of=old)
    if judged.faults:
        raise Fault("addition_outdated")
    _note(f"take_{row.kind}", case, actor)
    _TAKEN[row.kind](row, case, old, judged, content["code"])
    file_with_subject(content.get("authorisation_papers", []), row.subject_id, "authorisation")
    for kind, papers in content.get("household_papers", {}).items():
        file_with_subject(papers, OF_THE_HOUSEHOLD, kind)
    _tell("taken", row, case, actor)
    return moved


def give_back(addition_id: int, revision: int, actor: Actor, reason: str) -> Moved:
    """Return it to the unit with a reason; of a wrong number nothing is asked all the same."""
    actor.must("case.check")
    row, case = _locked(addition_id)
    skipped = _skipped(row, case, actor, giving_back=True)
    if skipped:
        return Moved((), (Skip(addition_id, skipped),))
    chosen = Chosen.seen({addition_id: revision})
    moved = move("addition", "return_addition", chosen, actor, reason=reason)
    if moved.done:
        _note("return_addition", case, actor, reason)
        _tell("returned", row, case, actor)
    return moved


def _locked(addition_id: int) -> tuple[Addition, Case]:
    found = db.session.execute(
        select(Addition, Case)
        .join(Case, (Case.agency_id == Addition.agency_id) & (Case.id == Addition.case_id))
        .where(Addition.id == addition_id)
        .with_for_update()
    ).one_or_none()
    if found is None:
        raise LookupError(f"no addition {addition_id}")
    return found[0], found[1]


def _skipped(row: Addition, case: Case, actor: Actor, *, giving_back: bool = False) -> str:
    """The code of the reason why this person cannot deal with it now; empty when they can."""
    if row.state != "proposed":
        return "another_state"
    if row.recorded_by == actor.account_id:
        return "addition_own"
    if not giving_back:
        if case.state not in UNDER_WAY:
            return "another_state"
        if db.session.scalar(_REPORTED, {"case": case.id}):
            return "reported_already"
    return take_duty("intake_check", [case.id], actor).get(case.id, "")


def _place(case: Case) -> dict[str, int]:
    return {"unit_id": case.unit_id, "desk_id": case.desk_id}


def _note(action: str, case: Case, actor: Actor, reason: str = "") -> None:
    place = {"unit_id": case.unit_id, "desk_id": case.desk_id}
    note("case", [case.id], action, actor, reason=reason, **place)


def _tell(outcome: str, row: Addition, case: Case, actor: Actor) -> None:
    tell_senders(f"addition.{outcome}", [case.id])
    title = ADDITION_TITLES[row.kind]
    audit.record(
        actor.account_id,
        f"addition.{outcome}",
        kind="addition",
        subject_id=row.id,
        reason=title,
    )


def _enter(row: Addition, case: Case, old: Subject | None, judged: Judged, why: str) -> None:
    """A new person of the household: added, or the right one in place of a wrong number's."""
    typed, keys = judged.typed, vault()
    (subject_id,) = take_ids(1)
    identity = _identity(typed)
    role = old.role if old else str(typed["role"])
    items = sorted(asked_of_each(rulebook(agency(case.agency_id).province))[case.scheme, role])
    last = select(func.max(Subject.row_no)).where(Subject.case_id == case.id)
    db.session.add(
        Subject(
            id=subject_id,
            case_id=case.id,
            row_no=old.row_no if old else (db.session.scalar(last) or 0) + 1,
            role=role,
            relation=typed["relation"],
            id_hash=keys.look_up(identity.id_number),
            name_hash=keys.look_up(identity.name),
            sealed=keys.seal("subject", subject_id, identity.as_json()),
            joined_on=old.joined_on if old else row.happened_on,
            joined_reason=old.joined_reason if old else why,
            refused_on=row.happened_on if typed["consent"] == "refused" else None,
            replaces=old.id if old else 0,
            items=items,
            **_place(case),
        )
    )
    db.session.flush()
    said = {name: typed[name] for name in DECLARED}
    sealed = keys.seal("declaration", subject_id, said)
    db.session.add(Declaration(subject_id=subject_id, sealed=sealed, **_place(case)))
    if typed["consent"] != "refused":
        _consent(subject_id, case, typed)
    if role == "applicant":
        case.head_sealed = keys.seal("household_case", case.id, {"name": identity.name})
    case.size += 0 if old else 1
    row.subject_id = subject_id
    db.session.flush()
    ask_about({subject_id: items})


def _give_consent(
    _row: Addition, case: Case, old: Subject | None, judged: Judged, _why: str
) -> None:
    if old is None:
        raise LookupError("a consent without a person")
    _consent(old.id, case, judged.typed)
    old.refused_on = None
    db.session.flush()
    ask_anew([old.id], (Outcome.WITHDRAWN, Outcome.UNAUTHORISED), above=True)


def _put_name_right(
    row: Addition, _case: Case, _old: Subject | None, judged: Judged, _why: str
) -> None:
    """Not under the wrong name what has not left; anew, what the name may have hidden."""
    names = {row.subject_id: str(judged.typed["name"])}
    rename(names)
    tell_renamed(names)
    collect(stop_packages([row.subject_id]))
    ask_anew([row.subject_id], (Outcome.NO_RECORD, Outcome.UNABLE))


_TAKEN: Mapping[str, Callable[[Addition, Case, Subject | None, Judged, str], None]] = {
    "member": _enter,
    "number": _enter,
    "consent": _give_consent,
    "name": _put_name_right,
}


def _consent(subject_id: int, case: Case, typed: Mapping[str, Any]) -> None:
    guardian = Guardian(
        typed["guardian_name"] or "",
        typed["guardian_relation"] or "",
        typed["guardian_id_number"] or "",
    )
    db.session.add(
        Authorisation(
            subject_id=subject_id,
            signed_on=typed["authorised_on"],
            expires_on=typed["authorisation_expires_on"],
            guardian_sealed=vault().seal("authorisation", subject_id, guardian.as_json())
            if guardian.name
            else None,
            scope=named_kinds(typed["authorisation_scope"]),
            **_place(case),
        )
    )
    db.session.flush()


def _identity(typed: Mapping[str, Any]) -> Identity:
    values = {name: typed[name] for name in Identity.__dataclass_fields__}
    return Identity(**{name: "" if value is None else str(value) for name, value in values.items()})
