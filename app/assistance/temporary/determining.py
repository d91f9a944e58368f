"""共同认定: what is put before the two bureaus, what each decides, and what comes of both."""

from typing import Any

from sqlalchemy import insert, select, update

from app.accounts.actor import Actor, system_actor
from app.accounts.models import Account
from app.assistance.temporary.bureaus import bureau_here
from app.assistance.temporary.checking import require_consent
from app.assistance.temporary.ledger import take
from app.assistance.temporary.messages import (
    CHECK_TITLES,
    GROUND_TITLES,
    Fault,
)
from app.assistance.temporary.models import Application, Check, Referral, Verdict, Visit
from app.assistance.temporary.people import application_of, opened
from app.assistance.temporary.rules import Answer, all_met, same_amount, standing, still_unknown
from app.assistance.temporary.ruling import rule_on
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, Skip, move
from tenants.agency.models import Unit
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.outbox import post
from tenants.rulebook.model import HUMAN_RESOURCES
from tenants.vault import vault

_JOIN = "、"


def answers_of(application_id: int) -> list[Check]:
    """Every answer to the four questions, the latest last."""
    query = select(Check).where(Check.application_id == application_id)
    return list(db.session.scalars(query.order_by(Check.id)))


def outcomes_of(application_id: int) -> dict[str, str]:
    """Question → its outcome as it stands."""
    given = answers_of(application_id)
    return dict(standing(Answer(row.kind, row.outcome) for row in given))


def put_forward(application_id: int, revision: int, actor: Actor) -> Moved:
    """提请共同认定, by the city's standard of the day: human resources gets what it has to judge.

    Raises ``Fault`` while a question is not answered, without a standard in force, and without a
    bureau of human resources.
    """
    row = application_of(application_id, lock=True)
    actor.must("temporary.check")
    if row.state == "visited" and row.rev == revision:
        unknown = still_unknown(outcomes_of(row.id))
        if unknown:
            raise Fault("temporary.unknown", checks=_titles(unknown))
        require_consent(row)
        rule, bureau = rule_on(business_date()), bureau_here()
        if rule is None:
            raise Fault("temporary.no_rule")
        if bureau is None:
            raise Fault("temporary.no_bureau")
        row.rule_id, row.amount_fen = rule.id, rule.amount_fen
        db.session.flush()
        moved = move("temporary", "put_forward", Chosen.seen({row.id: revision}), actor)
        _refer(row, bureau, actor)
        _trail(actor, "put_forward", row.id)
        return moved
    return move("temporary", "put_forward", Chosen.seen({row.id: revision}), actor)


def _refer(row: Application, bureau: int, actor: Actor) -> None:
    (id_,), keys = take_ids(1), vault()
    latest = {check.kind: check for check in answers_of(row.id)}
    visit = db.session.scalars(
        select(Visit).where(Visit.application_id == row.id).order_by(Visit.id.desc()).limit(1)
    ).one()
    person = opened(keys, row)
    told: dict[str, Any] = {
        "name": person.name,
        "id_number": person.id_number,
        "place": row.locality,
        "employer": person.employer,
        "left_on": person.left_on,
        "statement": person.statement,
        "checks": [
            {
                "kind": kind,
                "outcome": check.outcome,
                "source": check.source,
                "as_of": check.as_of.isoformat(),
                **keys.open("temporary_check", check.id, check.sealed),
            }
            for kind, check in latest.items()
        ],
        "visited_on": visit.visited_on.isoformat(),
        "proposal": visit.proposal,
        **keys.open("temporary_visit", visit.id, visit.sealed),
    }
    referral = insert(Referral).values(
        id=id_,
        unit_id=bureau,
        application_id=row.id,
        number=row.number,
        put_on=business_date(),
        put_by=actor.account_id,
        amount_fen=row.amount_fen,
        all_met=all_met(outcomes_of(row.id)),
        sealed=keys.seal("temporary_referral", id_, told),
    )
    db.session.execute(referral.inline())


def decide_here(application_id: int, agrees: bool, ground: str, words: str, actor: Actor) -> Moved:
    """县级民政部门的认定, by somebody who recorded no answer and is not of the other bureau.

    Raises ``Fault`` for those, for aid that a question speaks against, for a refusal without its
    ground and words, and where this side has decided.
    """
    actor.must("temporary.determine")
    row = application_of(application_id, lock=True)
    if row.state != "determining":
        return Moved((), (Skip(row.id, "another_state"),))
    given = answers_of(row.id)
    if actor.account_id in {check.account_id for check in given}:
        raise Fault("temporary.own_check")
    if _works_for_bureau(actor.account_id):
        raise Fault("temporary.same_person")
    missing = [kind for kind, found in outcomes_of(row.id).items() if found != "met"]
    if agrees and missing:
        raise Fault("temporary.not_met", checks=_titles(missing))
    _write(row.id, "civil", 0, agrees, ground, words, row.amount_fen, actor)
    settle(row.id)
    return Moved((row.id,))


def decide_at_bureau(
    referral_id: int, agrees: bool, ground: str, words: str, actor: Actor
) -> Moved:
    """县级人社部门的认定, from what was put before it (liaison); the worker does what follows."""
    actor.must("temporary.agree")
    referral = referral_of(referral_id)
    if agrees and not referral.all_met:
        told = vault().open("temporary_referral", referral.id, referral.sealed)
        missing = [check["kind"] for check in told["checks"] if check["outcome"] != "met"]
        raise Fault("temporary.not_met", checks=_titles(missing))
    id_, amount = referral.application_id, referral.amount_fen
    _write(id_, "bureau", actor.unit_id, agrees, ground, words, amount, actor)
    post("temporary.settle", {"application_id": id_}, unit_id=actor.unit_id)
    return Moved((referral.id,))


def referral_of(referral_id: int) -> Referral:
    """What was put before this unit; ``LookupError`` when there is none such."""
    found = db.session.scalars(select(Referral).where(Referral.id == referral_id)).one_or_none()
    if found is None:
        raise LookupError(f"no referral {referral_id}")
    return found


def _write(
    application_id: int,
    side: str,
    unit_id: int,
    agrees: bool,
    ground: str,
    words: str,
    amount_fen: int,
    actor: Actor,
) -> None:
    """One side's decision; a key holds that it decides once, another that two people decide."""
    if not agrees and (ground not in GROUND_TITLES or not ground or len(words.strip()) < 2):
        raise Fault("temporary.reason")
    made = select(Verdict.side).where(
        Verdict.application_id == application_id, Verdict.side == side
    )
    if db.session.scalar(made) is not None:
        raise Fault("temporary.decided")
    keys = vault()
    verdict = insert(Verdict).values(
        application_id=application_id,
        side=side,
        unit_id=unit_id,
        agrees=agrees,
        ground="" if agrees else ground,
        amount_fen=amount_fen,
        account_id=actor.account_id,
        name=actor.name,
        decided_on=business_date(),
        at=instant(),
        sealed=keys.seal(f"temporary_verdict_{side}", application_id, {"words": words.strip()}),
    )
    db.session.execute(verdict.inline())
    _trail(actor, f"decide_{side}", application_id, agrees=agrees)


def settle(application_id: int) -> None:
    """What comes of the two decisions: refused by either; granted where both agree to the same
    amount and the ledger has a place, which is taken in this transaction; else nothing yet."""
    row = application_of(application_id, lock=True)
    if row.state != "determining":
        return
    query = select(Verdict).where(Verdict.application_id == row.id)
    verdicts = {verdict.side: verdict for verdict in db.session.scalars(query)}
    refusal = next((v for v in verdicts.values() if not v.agrees), None)
    if refusal is not None:
        _end(row, "refuse_temporary", refusal.ground)
    elif len(verdicts) == len(("civil", "bureau")):
        first, second = (verdict.amount_fen for verdict in verdicts.values())
        if not same_amount(first, second):
            raise RuntimeError(f"two amounts for application {row.id}")
        if take(row, opened(vault(), row).id_number):
            _end(row, "grant_temporary", "")
        else:
            _end(row, "refuse_temporary", "elsewhere")


def _end(row: Application, action: str, ground: str) -> None:
    row.refused_ground, row.decided_on = ground, business_date()
    db.session.flush()
    actor = system_actor(row.agency_id)
    move("temporary", action, Chosen.of([row.id]), actor, reason=GROUND_TITLES[ground])
    outcome = "refused" if ground else "granted"
    told = update(Referral).where(Referral.application_id == row.id).values(outcome=outcome)
    db.session.execute(told)
    _trail(actor, outcome, row.id)


def _works_for_bureau(account_id: int) -> bool:
    """Whether the same human has an account at a unit of human resources here."""
    own = select(Account.person_id).where(Account.id == account_id).scalar_subquery()
    same = (
        select(Account.id)
        .join(Unit, (Unit.agency_id == Account.agency_id) & (Unit.id == Account.unit_id))
        .where(Account.person_id == own, Unit.category == HUMAN_RESOURCES)
    )
    return db.session.scalar(same.limit(1)) is not None


def _titles(kinds: Any) -> str:
    return _JOIN.join(CHECK_TITLES[kind] for kind in kinds)


def _trail(actor: Actor, verb: str, id_: int, **detail: Any) -> None:
    audit.record(
        *(actor.account_id, f"temporary.{verb}"),
        kind="temporary_application",
        subject_id=id_,
        unit_id=actor.unit_id,
        **detail,
    )
