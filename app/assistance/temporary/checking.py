"""The four questions at the agency: what the system looks up, and what a document says (desk)."""

import datetime as dt

from sqlalchemy import func, insert, select

from app.accounts.actor import Actor
from app.assistance.register.models import AssistedPerson, RegisterLoad
from app.assistance.temporary.ledger import ask
from app.assistance.temporary.messages import LOOKED_UP, Fault, say
from app.assistance.temporary.models import Application, Check
from app.assistance.temporary.people import Applicant, application_of, opened
from app.assistance.temporary.rules import BY_HAND, insured_outcome, subsistence_outcome
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, Skip, move
from app.exchange.store.held import usable_of
from app.exchange.store.models import ReturnedRecord
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.vault import vault

SOCIAL_INSURANCE = 501
SUBSISTENCE = "subsistence"


def look_up(application_id: int, revision: int, actor: Actor) -> Moved:
    """Answer what this agency's own sources and the ledger can answer: insurance from the store of
    returned data, 低保 from the register, paid elsewhere from the province's ledger.

    What a source cannot say is written down as not known. Raises ``Fault`` once the consent is
    over, and beyond what may be asked of the ledger.
    """
    actor.must("temporary.check")
    row = application_of(application_id, lock=True)
    refused = _refused(row, revision)
    if refused:
        return refused
    person = opened(vault(), row)
    is_taken = ask(row, person.id_number, actor)
    found = say("temporary.look_up.taken" if is_taken else "temporary.look_up.free")
    outcome, today = "not_met" if is_taken else "met", business_date()
    write(row, "elsewhere", outcome, "ledger", today, found, actor, by=LOOKED_UP)
    _insured(row, actor)
    _subsistence(row, person, actor)
    return Moved((row.id,))


def record(
    application_id: int,
    revision: int,
    kind: str,
    outcome: str,
    source: str,
    as_of: dt.date,
    words: str,
    actor: Actor,
) -> Moved:
    """What a document or the investigation says; never whether somebody was paid elsewhere."""
    actor.must("temporary.check")
    row = application_of(application_id, lock=True)
    if kind == "elsewhere" or source not in BY_HAND:
        raise Fault("temporary.by_ledger")
    if as_of > business_date():
        raise Fault("temporary.day", today=business_date())
    refused = _refused(row, revision)
    if refused:
        return refused
    write(row, kind, outcome, source, as_of, words, actor)
    audit.record(
        *(actor.account_id, "temporary.check"), kind="temporary_application", subject_id=row.id
    )
    return Moved((row.id,))


def send_back(application_id: int, revision: int, reason: str, actor: Actor) -> Moved:
    """The investigation does not answer what has to be known: the township goes again."""
    row = application_of(application_id, lock=True)
    chosen = Chosen.seen({row.id: revision})
    moved = move("temporary", "send_back_temporary", chosen, actor, reason=reason)
    if moved.done:
        audit.record(
            *(actor.account_id, "temporary.send_back"),
            kind="temporary_application",
            subject_id=row.id,
        )
    return moved


def _refused(row: Application, revision: int) -> Moved | None:
    if row.state != "visited":
        return Moved((), (Skip(row.id, "another_state"),))
    if row.rev != revision:
        return Moved((), (Skip(row.id, "changed_meanwhile"),))
    require_consent(row)
    return None


def require_consent(row: Application) -> None:
    """``Fault`` once the consent has run out."""
    if row.consent_until < business_date():
        raise Fault("temporary.consent_over", until=row.consent_until)


def write(
    row: Application,
    kind: str,
    outcome: str,
    source: str,
    as_of: dt.date,
    words: str,
    actor: Actor,
    *,
    by: str = "",
) -> None:
    """One answer, with where it comes from and as of which day."""
    (id_,) = take_ids(1)
    answer = insert(Check).values(
        id=id_,
        application_id=row.id,
        kind=kind,
        outcome=outcome,
        source=source,
        as_of=as_of,
        account_id=actor.account_id,
        name=by or actor.name,
        at=instant(),
        sealed=vault().seal("temporary_check", id_, {"note": words.strip()}),
    )
    db.session.execute(answer.inline())


def _insured(row: Application, actor: Actor) -> None:
    usable, keys = usable_of([SOCIAL_INSURANCE])[SOCIAL_INSURANCE], vault()
    query = select(ReturnedRecord.id, ReturnedRecord.as_of, ReturnedRecord.sealed).where(
        ReturnedRecord.load_id == any_of([one.load_id for one in usable.loads]),
        ReturnedRecord.person_hash == row.person_hash,
    )
    records = db.session.execute(query).all()
    fields = [keys.open("returned_record", found.id, found.sealed) for found in records]
    outcome = insured_outcome(fields, usable.as_of is not None)
    days = [found.as_of for found in records] if outcome == "not_met" else []
    words = {"not_met": "insured_hit", "met": "insured_none", "unknown": "insured_unable"}[outcome]
    as_of = max(days, default=usable.as_of or business_date())
    said = say(f"temporary.look_up.{words}")
    write(row, "insured", outcome, "store", as_of, said, actor, by=LOOKED_UP)


def _subsistence(row: Application, person: Applicant, actor: Actor) -> None:
    """In the own register under 低保 today; the register speaks as of its last export."""
    listed = select(AssistedPerson.id).where(
        AssistedPerson.person_hash == row.person_hash,
        AssistedPerson.scheme == SUBSISTENCE,
        AssistedPerson.valid_to.is_(None),
    )
    is_listed = db.session.scalar(listed.limit(1)) is not None
    loaded = select(func.max(RegisterLoad.exported_at)).where(
        RegisterLoad.scheme == SUBSISTENCE, RegisterLoad.applied_at.is_not(None)
    )
    exported = db.session.scalar(loaded)
    outcome = subsistence_outcome(
        is_listed=is_listed, has_day=exported is not None, is_local=person.is_local
    )
    words = "listed" if is_listed else "not_listed" if outcome == "met" else "elsewhere"
    if outcome == "unknown" and person.is_local:
        words = "no_register"
    as_of = exported.date() if exported and not is_listed else business_date()
    said = say(f"temporary.look_up.{words}")
    write(row, "subsistence", outcome, "register", as_of, said, actor, by=LOOKED_UP)
