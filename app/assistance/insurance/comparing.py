"""A round: everybody in the register against the store of returned data, as sets by keyed hash.

What became of it is the work list (粤民发〔2020〕143号 二).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select, text

from app.accounts.actor import Actor
from app.assistance.insurance.listing import follow_up
from app.assistance.insurance.messages import Fault
from app.assistance.insurance.models import InsuranceCount, InsuranceResult, InsuranceRound
from app.assistance.insurance.names import part_of
from app.assistance.insurance.rules import (
    INSURANCES,
    Judged,
    Load,
    Record,
    Sources,
    judged,
    sources_of,
)
from app.assistance.register.loading import law
from app.assistance.register.models import AssistedPerson
from app.audit import service as audit
from app.exchange.store.held import loads_in_force, records_about
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.outbox import post
from tenants.progress import tell_done

CHUNK = 5_000
KIND = InsuranceRound.__tablename__

# Somebody under two schemes is one person; a row that knows the desk says who sees to them.
_PEOPLE = text("""
SELECT DISTINCT ON (p.person_hash) p.person_hash, p.id, p.unit_id, p.desk_id, p.born_month,
       coalesce(t.closed_why, '') AS reason
FROM assisted_person p
LEFT JOIN insurance_task t ON t.agency_id = p.agency_id AND t.insurance = :insurance
  AND t.person_hash = p.person_hash AND t.reason_until >= :today
WHERE p.valid_to IS NULL AND p.scheme = ANY(:schemes)
ORDER BY p.person_hash, p.desk_id = 0, p.id DESC, t.id DESC
""")

_KEEP = text("""
INSERT INTO insurance_result (id, round_id, unit_id, desk_id, person_hash, assisted_id, result,
                              why, as_of)
SELECT r.id, :round, r.unit_id, r.desk_id, r.person, r.assisted_id, r.result, r.why, r.as_of
FROM unnest(CAST(:ids AS bigint[]), CAST(:units AS int[]), CAST(:desks AS int[]),
            CAST(:persons AS bytea[]), CAST(:assisted AS bigint[]), CAST(:results AS text[]),
            CAST(:whys AS text[]), CAST(:days AS date[]))
  AS r(id, unit_id, desk_id, person, assisted_id, result, why, as_of)
""")

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
        if one.item == item and db.session.scalar(before) and not _under_way(insurance):
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
        InsuranceRound.insurance == insurance, InsuranceRound.done_at.is_(None)
    )
    return db.session.scalar(query.limit(1)) is not None


def compare(round_id: int) -> None:
    """Compare, count, and bring the work list up to date; once (the job's call)."""
    query = select(InsuranceRound).where(InsuranceRound.id == round_id).with_for_update()
    found = db.session.scalars(query).one()
    if found.done_at is not None:
        return
    loads = loads_in_force(INSURANCES[found.insurance].item)
    parts = [Load(one.id, part_of(one.part), one.as_of) for one in loads]
    sources = sources_of(parts, business_date(), found.fresh_days)
    found.sources = [
        {"part": one.part, "load": one.id, "unit": one.unit_id, "as_of": one.as_of.isoformat()}
        for one in loads
    ]
    _judge_everybody(found, sources, {one.id: one.part for one in parts})
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


def _judge_everybody(found: InsuranceRound, sources: Sources, parts: dict[int, str]) -> None:
    rule = law().insurance_rule.value
    values = {"insurance": found.insurance, "today": found.asked_on}
    people = db.session.execute(_PEOPLE, {**values, "schemes": list(rule.schemes)}).all()
    about = INSURANCES[found.insurance]
    for start in range(0, len(people), CHUNK):
        chunk = people[start : start + CHUNK]
        records = _records(sources.loads, [bytes(one.person_hash) for one in chunk])
        results = [
            judged(
                *(about, rule, one.born_month, found.period),
                *(records.get(bytes(one.person_hash), ()), parts, one.reason, sources),
            )
            for one in chunk
        ]
        _keep(found.id, chunk, results)
        tell_done(start + len(chunk))


def _records(loads: Sequence[int], persons: Sequence[bytes]) -> dict[bytes, list[Record]]:
    known: dict[bytes, list[Record]] = {}
    for person, load_id, as_of, fields in records_about(loads, persons) if loads else ():
        known.setdefault(person, []).append(Record(load_id, as_of, fields))
    return known


def _keep(round_id: int, people: Sequence[Any], results: Iterable[Judged]) -> None:
    pairs = list(zip(people, results, strict=True))
    values = {
        "round": round_id,
        "ids": take_ids(len(pairs)),
        "units": [one.unit_id for one, _ in pairs],
        "desks": [one.desk_id for one, _ in pairs],
        "persons": [one.person_hash for one, _ in pairs],
        "assisted": [one.id for one, _ in pairs],
        "results": [result.result for _, result in pairs],
        "whys": [result.why for _, result in pairs],
        "days": [result.as_of for _, result in pairs],
    }
    db.session.execute(_KEEP, values)


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
