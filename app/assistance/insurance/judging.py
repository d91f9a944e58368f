"""The results of a round: people of the register joined with records of the store by keyed hash,
judged one by one and written in sets."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text

from app.assistance.insurance.models import InsuranceRound
from app.assistance.insurance.rules import INSURANCES, Judged, Record, Sources, judged
from app.assistance.register.loading import law
from app.exchange.store.held import records_about
from tenants.database import db, take_ids
from tenants.progress import tell_done

CHUNK = 5_000

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


def judge_everybody(found: InsuranceRound, sources: Sources, parts: dict[int, str]) -> None:
    """Write the result of everybody in the register, a chunk of people at a time. ``parts``: load →
    the part that its name says."""
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
