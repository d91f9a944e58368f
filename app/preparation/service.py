"""登记一户: begin, keep what is typed, prepare; open what was prepared again, or discard it."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, move, note
from app.cases.models import Case, Subject
from app.cases.searching import clean_number
from app.intake.correction import put_in_place
from app.intake.promotion import Home, promote, replace
from app.intake.receiving import keep_typed, law_of
from app.intake.wording import title
from app.preparation.checking import check
from app.preparation.content import Content, blank_person
from app.preparation.models import HouseholdDraft
from app.preparation.opening import content_of_case, content_to_copy
from app.preparation.rules import with_proposals
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.regions import full_name
from tenants.vault import vault


@dataclass(frozen=True)
class Prepared:
    """What became of a typed household: ``said`` is the code of what to tell, with its number."""

    case_id: int
    number: str
    said: str


def begin(actor: Actor) -> int:
    """Open an empty household form for this desk; the draft's id."""
    actor.must("list.prepare")
    home = full_name(actor.agency_id)
    household = {
        "household_no": _free_number(actor),
        "scheme": title("scheme", "subsistence"),
        "application": title("application", "new"),
        "actual_region": home,
    }
    return _open(Content(household, (blank_person(applies=True),)), actor)


@dataclass(frozen=True)
class Copied:
    """A draft made of an earlier application; ``until``: the first day on which one of the
    consents that are used again ends, None when all are to be signed anew."""

    draft_id: int
    case_id: int
    people: int
    until: str | None


def copy(typed: str, actor: Actor) -> Copied | None:
    """A draft from the latest application of this desk in which somebody has this document
    number; None when there is none. The trail says who looked, and what was found."""
    actor.must("list.prepare")
    digest = vault().look_up(clean_number(typed))
    case = db.session.scalar(
        select(Case)
        .join(Subject, (Subject.agency_id == Case.agency_id) & (Subject.case_id == Case.id))
        .where(Subject.id_hash == digest, Case.unit_id == actor.unit_id)
        .where(Case.desk_id == actor.desk_id, Case.state != "discarded")
        .order_by(Case.id.desc())
        .limit(1)
    )
    audit.record(
        actor.account_id,
        "household.copy",
        kind="household_case",
        subject_id=case.id if case else 0,
        unit_id=actor.unit_id,
    )
    if case is None:
        return None
    content = content_to_copy(case, business_date())
    household = {**content.household, "household_no": _free_number(actor)}
    draft_id = _open(Content(household, content.people), actor)
    ends = [days for p in content.people if (days := p.get("authorisation_expires_on"))]
    return Copied(draft_id, case.id, len(content.people), min(ends, default=None))


def draft_of(draft_id: int, actor: Actor) -> HouseholdDraft:
    """This desk's draft, to be written; ``LookupError`` when it has none such."""
    actor.must("list.prepare")
    found = db.session.scalar(
        select(HouseholdDraft)
        .where(HouseholdDraft.id == draft_id, HouseholdDraft.desk_id == actor.desk_id)
        .with_for_update()
    )
    if found is None:
        raise LookupError(f"no draft {draft_id}")
    return found


def typed_in(draft: HouseholdDraft) -> Content:
    """What stands in a draft."""
    return Content.of(vault().open("household_draft", draft.id, draft.sealed))


def save(draft: HouseholdDraft, content: Content, actor: Actor) -> Content:
    """Keep what was typed, blanks filled where they follow from the rest."""
    months = law_of(actor).authorisation_max_months.value
    full = with_proposals(content, business_date(), months)
    draft.sealed = vault().seal("household_draft", draft.id, full.as_json())
    draft.saved_at = instant()
    draft.account_id = actor.account_id
    return full


def take_over(draft_id: int, actor: Actor) -> Moved:
    """Go on with what a colleague of the same desk began."""
    draft = draft_of(draft_id, actor)
    draft.account_id = actor.account_id
    return Moved((draft.id,))


def drop_draft(draft_id: int, actor: Actor) -> Moved:
    """Throw a draft away; a case that it was to change stays as it is."""
    draft = draft_of(draft_id, actor)
    db.session.delete(draft)
    return Moved((draft.id,))


def prepare(draft: HouseholdDraft, content: Content, actor: Actor) -> Prepared | None:
    """The typed household becomes a prepared case, exactly as one of a list; None when the rules
    of the list find anything wrong. A returned one is corrected and submitted again.

    Raises ``Fault("household_gone")`` when the case it changes is not the desk's to change.
    """
    found = check(content, draft.case_id, actor)
    if found.faults:
        return None
    good = found.verdict.good
    number = str(good["household_no"][0])
    case = _changed(draft.case_id, actor) if draft.case_id else None
    db.session.delete(draft)
    if case is None:
        period = law_of(actor).period_of(business_date())
        row = keep_typed(found.verdict, actor)
        promote(good, row.id, actor, period)
        case_id = db.session.scalars(select(Case.id).where(Case.list_id == row.id)).one()
        _note("prepare", case_id, actor.desk_id, actor)
        return Prepared(case_id, number, "household.prepared")
    homes = {number: Home(case.id, case.desk_id)}
    if case.state == "returned":
        row = keep_typed(found.verdict, actor, corrects=case.entrustment_id or 0)
        put_in_place(found.verdict, row, homes, actor)
        return Prepared(case.id, number, "household.corrected")
    replace(good, case.list_id, actor, homes)
    _note("change", case.id, case.desk_id, actor)
    return Prepared(case.id, number, "household.changed")


def open_case(case_id: int, actor: Actor) -> Moved:
    """Put a prepared household of this desk, or a returned one of this department, back into the
    form; the id of its draft.

    ``LookupError`` for any other case.
    """
    actor.must("list.prepare")
    case = _changed(case_id, actor, missing_ok=False)
    own = HouseholdDraft.desk_id == actor.desk_id
    # What a desk still had in its form when the household was submitted is the desk's no more.
    db.session.execute(delete(HouseholdDraft).where(HouseholdDraft.case_id == case.id, ~own))
    draft_id = db.session.scalar(select(HouseholdDraft.id).where(HouseholdDraft.case_id == case.id))
    return Moved((draft_id or _open(content_of_case(case), actor, case_id=case.id),))


def discard(case_id: int, actor: Actor, reason: str) -> Moved:
    """Take a prepared household of this desk out, with a reason; its history is kept."""
    case = _changed(case_id, actor, missing_ok=False)
    db.session.execute(delete(HouseholdDraft).where(HouseholdDraft.case_id == case.id))
    return move("case", "discard", Chosen.of([case.id]), actor, reason=reason)


def _changed(case_id: int, actor: Actor, *, missing_ok: bool = True) -> Case:
    """The case, locked: still to be submitted by this desk, or returned to this department."""
    case = db.session.scalar(select(Case).where(Case.id == case_id).with_for_update())
    if case is not None and case.unit_id == actor.unit_id:
        is_waiting = case.state == "prepared" and case.desk_id == actor.desk_id
        if is_waiting or (case.state == "returned" and actor.may("entrustment.submit")):
            return case
    if missing_ok:
        raise Fault("household_gone")
    raise LookupError(f"no household {case_id} to change")


def _open(content: Content, actor: Actor, *, case_id: int = 0) -> int:
    draft_id = take_ids(1)[0]
    db.session.add(
        HouseholdDraft(
            agency_id=actor.agency_id,
            id=draft_id,
            unit_id=actor.unit_id,
            desk_id=actor.desk_id,
            case_id=case_id,
            account_id=actor.account_id,
            started_at=instant(),
            saved_at=instant(),
            sealed=vault().seal("household_draft", draft_id, content.as_json()),
        )
    )
    db.session.flush()
    return draft_id


def _note(action: str, case_id: int, desk_id: int, actor: Actor) -> None:
    note("case", [case_id], action, actor, unit_id=actor.unit_id, desk_id=desk_id)


def _free_number(actor: Actor) -> str:
    """A number for the next household of this desk in the month; the person may change it."""
    own = (Case.unit_id == actor.unit_id) & (Case.desk_id == actor.desk_id)
    day = business_date()
    period = law_of(actor).period_of(day)
    cases = select(func.count()).where(own, Case.period == period).scalar_subquery()
    drafts = (
        select(func.count())
        .where(HouseholdDraft.desk_id == actor.desk_id, HouseholdDraft.case_id == 0)
        .scalar_subquery()
    )
    count = db.session.scalar(select(cases + drafts)) or 0
    return f"{period // 100}-{period % 100:02d}-{count + 1:03d}"
