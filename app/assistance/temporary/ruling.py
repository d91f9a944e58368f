"""The city's standard, procedure and amount: proposed by civil affairs, agreed to by human
resources, and handed down to the counties, which keep a copy each (粤民发〔2020〕143号 三)."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.accounts.actor import Actor
from app.assistance.temporary.bureaus import bureau_here
from app.assistance.temporary.messages import Fault
from app.assistance.temporary.paying_models import Rule
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, move
from app.delegation.letters import OpenLetter, send_down
from tenants.agency.tree import agency, children_of, parent_of
from tenants.calendar import business_date
from tenants.database import db, take_ids
from tenants.outbox import post
from tenants.scope import current_scope

LETTER = "temporary_rule"
PUSH = "temporary.rule_push"


@dataclass(frozen=True)
class Proposed:
    """What civil affairs proposes, with the words and number of the two bureaus' document."""

    number: str
    valid_from: dt.date
    amount_fen: int
    standard: str
    procedure: str


def sets_rules() -> bool:
    """Whether this agency's bureaus set them: a city's, or a county's that has no city above."""
    own = agency(current_scope().agency_id)
    if own.tier == "county":
        above = parent_of(own.id, business_date())
        return above is None or above.tier != "city"
    return own.tier == "city"


def rule_on(day: dt.date) -> Rule | None:
    """The standard in force on a day; None where there is none yet."""
    query = select(Rule).where(Rule.state == "in_force", Rule.valid_from <= day)
    return db.session.scalar(query.order_by(Rule.valid_from.desc(), Rule.id.desc()).limit(1))


def rules() -> list[Rule]:
    """Every version of this scope, the newest first."""
    return list(db.session.scalars(select(Rule).order_by(Rule.valid_from.desc(), Rule.id.desc())))


def rule_of(rule_id: int) -> Rule:
    """One version; ``LookupError`` when this scope has none such."""
    found = db.session.scalars(select(Rule).where(Rule.id == rule_id)).one_or_none()
    if found is None:
        raise LookupError(f"no rule {rule_id}")
    return found


def propose(new: Proposed, actor: Actor) -> Moved:
    """Civil affairs' half. Raises ``Fault`` in a county of a city, for a day that is over or has a
    version, while another one waits, and without a bureau of human resources."""
    actor.must("temporary.rule")
    if not sets_rules():
        raise Fault("temporary.city_sets")
    known = rules()
    if any(row.state == "proposed" for row in known):
        raise Fault("temporary.rule_waits")
    taken = {row.valid_from for row in known if row.state == "in_force"}
    if new.valid_from < business_date() or new.valid_from in taken:
        raise Fault("temporary.rule_past", today=business_date())
    bureau = bureau_here()
    if bureau is None:
        raise Fault("temporary.no_bureau")
    (id_,) = take_ids(1)
    row = insert(Rule).values(
        id=id_,
        key=uuid.uuid4(),
        state="proposed",
        unit_id=bureau,
        by_agency_id=actor.agency_id,
        proposed_by=actor.account_id,
        proposed_name=actor.name,
        proposed_on=business_date(),
        **vars(new),
    )
    db.session.execute(row.inline())
    _trail(actor, "propose_rule", id_)
    return Moved((id_,))


def answer(rule_id: int, revision: int, agrees: bool, words: str, actor: Actor) -> Moved:
    """Human resources' half (liaison): agree, or not with the reason."""
    row = rule_of(rule_id)
    action = "agree_rule" if agrees else "turn_down_rule"
    moved = move("temporary_rule", action, Chosen.seen({row.id: revision}), actor, reason=words)
    if moved.done:
        decided = update(Rule).where(Rule.id == row.id)
        db.session.execute(
            decided.values(
                decided_by=actor.account_id,
                decided_name=actor.name,
                decided_on=business_date(),
                words=words.strip(),
            )
        )
        _trail(actor, action, row.id)
        if agrees:
            post(PUSH, {"rule_id": row.id}, unit_id=actor.unit_id)
    return moved


def push(rule_id: int) -> None:
    """Hand a version down to every county."""
    row, day = rule_of(rule_id), business_date()
    told = {
        "key": str(row.key),
        "number": row.number,
        "valid_from": row.valid_from.isoformat(),
        "amount_fen": row.amount_fen,
        "standard": row.standard,
        "procedure": row.procedure,
        "proposed_name": row.proposed_name,
        "proposed_on": row.proposed_on.isoformat(),
        "decided_name": row.decided_name,
        "decided_on": row.decided_on.isoformat() if row.decided_on else "",
    }
    for child in children_of(row.agency_id, day):
        send_down(child, LETTER, row.key, told, period=day.year * 100 + day.month)


def take_in(letter: OpenLetter) -> None:
    """Keep the copy of a version that the agency above sent; once."""
    told = letter.content
    dates = {name: dt.date.fromisoformat(told[name]) for name in _DATES}
    row = pg_insert(Rule).values(
        state="in_force",
        by_agency_id=letter.from_agency_id,
        key=uuid.UUID(told["key"]),
        proposed_by=0,
        **{name: told[name] for name in _WORDS},
        **dates,
    )
    db.session.execute(row.on_conflict_do_nothing().inline())


_DATES = ("valid_from", "proposed_on", "decided_on")
_WORDS = ("number", "amount_fen", "standard", "procedure", "proposed_name", "decided_name")


def _trail(actor: Actor, verb: str, id_: int) -> None:
    audit.record(
        *(actor.account_id, f"temporary.{verb}"),
        kind="temporary_rule",
        subject_id=id_,
        unit_id=actor.unit_id,
    )
