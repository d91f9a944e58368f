"""A round: everybody in the register against the store of returned data, as sets by keyed hash.

What became of it is the work list (粤民发〔2020〕143号 二).
"""

from sqlalchemy import delete, select, text

from app.accounts.actor import Actor
from app.assistance.insurance.judging import judge_everybody
from app.assistance.insurance.listing import follow_up
from app.assistance.insurance.messages import Fault
from app.assistance.insurance.models import InsuranceCount, InsuranceResult, InsuranceRound
from app.assistance.insurance.names import part_of
from app.assistance.insurance.rules import INSURANCES, Load, sources_of
from app.assistance.register.loading import law
from app.assistance.register.models import AssistedPerson
from app.audit import service as audit
from app.exchange.store.held import loads_in_force
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.outbox import post

KIND = InsuranceRound.__tablename__

_COUNT = text("""
INSERT INTO insurance_count (insurance, period, unit_id, desk_id, result, persons, as_of)
SELECT :insurance, :period, r.unit_id, r.desk_id, r.result, count(*), min(r.as_of)
FROM insurance_result r WHERE r.round_id = :round GROUP BY r.unit_id, r.desk_id, r.result
""")


def ask(insurance: str, actor: Actor) -> int:
    """Have everybody in the register compared as of this month; the worker does it.

    Raises ``Fault`` when nobody is to be compared, or a round of it is under way.
    """
    actor.must("insurance.run")
    if not _anybody():
        raise Fault("insurance.nobody")
    if _under_way(insurance):
        raise Fault("insurance.running")
    return _ask(insurance, actor.account_id)


def ask_again(item: int) -> None:
    """A source's new file was confirmed (the job's call): whoever asked once for a comparison with
    its item has it again, and the file closes what it answers."""
    for insurance, one in INSURANCES.items():
        before = select(InsuranceRound.id).where(InsuranceRound.insurance == insurance).limit(1)
        if one.item == item and db.session.scalar(before):
            _ask(insurance, 0)


def _ask(insurance: str, asked_by: int) -> int:
    rule, today = law().insurance_rule.value, business_date()
    (round_id,) = take_ids(1)
    row = InsuranceRound(
        id=round_id,
        insurance=insurance,
        period=today.year * 100 + today.month,
        from_age=rule.from_age if INSURANCES[insurance].has_age else 0,
        fresh_days=law().store_fresh_days.value,
        asked_by=asked_by,
        asked_on=today,
        asked_at=instant(),
    )
    db.session.add(row)
    db.session.flush()
    post("insurance.compare", {"round_id": round_id}, account_id=asked_by)
    audit.record(
        *(asked_by, "insurance.ask"),
        kind=KIND,
        subject_id=round_id,
        insurance=insurance,
        period=row.period,
    )
    return round_id


def _anybody() -> bool:
    schemes = law().insurance_rule.value.schemes
    query = select(AssistedPerson.id).where(
        AssistedPerson.valid_to.is_(None), AssistedPerson.scheme.in_(schemes)
    )
    return db.session.scalar(query.limit(1)) is not None


def _under_way(insurance: str) -> bool:
    query = select(InsuranceRound.id).where(
        InsuranceRound.insurance == insurance,
        InsuranceRound.done_at.is_(None),
        InsuranceRound.asked_on == business_date(),
    )
    return db.session.scalar(query.limit(1)) is not None


def compare(round_id: int) -> None:
    """Compare, count, and bring the work list up to date; once (the job's call)."""
    found = _in_turn(round_id)
    if found.done_at is not None:
        return
    loads = loads_in_force(INSURANCES[found.insurance].item)
    parts = [Load(one.id, part_of(one.part), one.as_of) for one in loads]
    sources = sources_of(parts, business_date(), found.fresh_days)
    found.sources = [
        {"part": one.part, "load": one.id, "unit": one.unit_id, "as_of": one.as_of.isoformat()}
        for one in loads
    ]
    judge_everybody(found, sources, {one.id: one.part for one in parts})
    _replace_older(found)
    follow_up(found)
    found.done_at = instant()
    db.session.flush()
    audit.record(
        *(0, "insurance.compare"),
        kind=KIND,
        subject_id=round_id,
        opened=found.opened,
        closed=found.closed,
        loads=sources.loads,
    )


def _in_turn(round_id: int) -> InsuranceRound:
    """The round, once no other one of its insurance is at work: the first row is the lock."""
    r = InsuranceRound
    which = select(r.insurance).where(r.id == round_id).scalar_subquery()
    first = select(r.id).where(r.insurance == which).order_by(r.id).limit(1)
    db.session.execute(first.with_for_update(of=r))
    query = select(r).where(r.id == round_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _replace_older(found: InsuranceRound) -> None:
    """Of earlier rounds only the counts stay; of this month's earlier ones not even those."""
    r, c = InsuranceResult, InsuranceCount
    older = select(InsuranceRound.id).where(
        InsuranceRound.insurance == found.insurance, InsuranceRound.id != found.id
    )
    db.session.execute(delete(r).where(r.round_id.in_(older)))
    same = (c.insurance == found.insurance) & (c.period == found.period)
    db.session.execute(delete(c).where(same))
    values = {"insurance": found.insurance, "period": found.period, "round": found.id}
    db.session.execute(_COUNT, values)
