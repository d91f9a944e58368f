"""What a department decided changes the register (操作规程 四; 粤民发〔2020〕143号 一).

Granted or changed: the members of the household receive aid, with the amount decided. Stopped: they
do not any more. A decision that was corrected takes back what it had entered.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, text

from app.assistance.register.keeping import TABLE, content_hash, household_key
from app.assistance.register.loading import law
from app.assistance.register.merging import LOCK
from app.assistance.register.models import AssistedPerson
from app.assistance.register.rules import kept_schemes, stands_against
from app.cases.identity import Identity
from app.cases.models import Case, Subject
from app.decisions.models import Decision
from app.decisions.rules import OPEN, WITH_AMOUNT
from tenants.calendar import business_date
from tenants.database import any_of, db, take_ids
from tenants.identity import Sex, birth_date, id_number_fault, sex
from tenants.vault import Vault, vault

CHUNK = 500

_END = text("""
UPDATE assisted_person p SET valid_to = :today, ended_as_of = e.as_of, ended_why = e.why
FROM unnest(CAST(:ids AS bigint[]), CAST(:days AS date[]), CAST(:why AS text[]))
  AS e(id, as_of, why)
WHERE p.id = e.id AND p.valid_to IS NULL
""")

_KNOWN = text("""
SELECT p.id, p.scheme, p.person_hash, p.household_key, p.content_hash, p.case_id, p.source, p.as_of
FROM assisted_person p
WHERE p.valid_to IS NULL AND (p.case_id = ANY(:cases) OR p.person_hash = ANY(:persons)
  OR p.household_key IN (SELECT q.household_key FROM assisted_person q
                         WHERE q.valid_to IS NULL AND q.person_hash = ANY(:persons)))
""")

_LEFT_LATER = text("""
SELECT p.scheme, p.person_hash, max(p.ended_as_of) AS day FROM assisted_person p
WHERE p.person_hash = ANY(:persons) AND p.ended_why = 'left' GROUP BY p.scheme, p.person_hash
""")


@dataclass(frozen=True)
class Member:
    """One person of a decided household, opened."""

    person_hash: bytes
    is_head: bool
    identity: Identity


@dataclass(frozen=True)
class Decided:
    """A household's decision that stands, its case and its members (support obligors are none)."""

    case: Case
    decision: Decision
    members: tuple[Member, ...]

    @property
    def day(self) -> dt.date:
        """When it was decided."""
        return self.decision.decided_on or business_date()


@dataclass(frozen=True)
class Ending:
    """A row of the register that holds no longer, since a decision of ``day``."""

    id: int
    day: dt.date
    why: str


def take_decisions(ids: Sequence[int]) -> None:
    """Enter what stands decided on these cases (the job's call); what is there already stays."""
    db.session.execute(LOCK)
    for start in range(0, len(ids), CHUNK):
        _take(ids[start : start + CHUNK])


def _take(ids: Sequence[int]) -> None:
    keys, found = vault(), _decided(ids)
    persons = sorted({m.person_hash for one in found for m in one.members})
    if not found:
        return
    values = {"cases": [one.case.id for one in found], "persons": persons}
    known = list(db.session.execute(_KNOWN, values))
    later = {
        (row.scheme, bytes(row.person_hash)): row.day
        for row in db.session.execute(_LEFT_LATER, {"persons": persons})
    }
    endings: list[Ending] = []
    rows: list[dict[str, Any]] = []
    for one in found:
        here = [row for row in known if row.scheme == one.case.scheme]
        endings += _endings(one, here)
        new, replaced = _new_rows(one, here, later, keys)
        rows += new
        endings += replaced
    _end(endings)
    if rows:
        db.session.execute(insert(AssistedPerson).inline(), _sealed(rows, keys))


def _decided(ids: Sequence[int]) -> list[Decided]:
    """The standing decisions of these cases under schemes that are kept, in the order of ids."""
    query = (
        select(Case, Decision)
        .join(Decision, (Decision.agency_id == Case.agency_id) & (Decision.case_id == Case.id))
        .where(Case.id == any_of(ids), Case.origin == "unit", Decision.replaced_by == 0)
        .where(Decision.outcome != OPEN, Case.scheme.in_(kept_schemes(law())))
        .order_by(Case.id)
    )
    pairs = db.session.execute(query).tuples().all()
    members = _members([case.id for case, _ in pairs])
    return [Decided(case, said, tuple(members.get(case.id, ()))) for case, said in pairs]


def _members(case_ids: Sequence[int]) -> dict[int, list[Member]]:
    query = select(Subject).where(
        Subject.case_id == any_of(case_ids), Subject.left_on.is_(None), Subject.role != "obligor"
    )
    keys = vault()
    found: dict[int, list[Member]] = {}
    for row in db.session.scalars(query.order_by(Subject.case_id, Subject.row_no, Subject.id)):
        identity = Identity.of(keys.open("subject", row.id, row.sealed))
        member = Member(bytes(row.id_hash), row.role == "applicant", identity)
        found.setdefault(row.case_id, []).append(member)
    return found


def _endings(one: Decided, here: Sequence[Any]) -> Iterator[Ending]:
    """Rows that the decision ends: of the household, when aid stops or was refused after all; of
    those who are not in it any more."""
    mine = {m.person_hash for m in one.members}
    stays = one.decision.outcome in WITH_AMOUNT
    homes = {bytes(row.household_key) for row in here if bytes(row.person_hash) in mine}
    for row in here:
        if stands_against(row.as_of, row.source, one.day):
            continue
        is_own = row.case_id == one.case.id
        if stays and is_own and bytes(row.person_hash) not in mine:
            yield Ending(row.id, one.day, "revoked")
        elif one.decision.outcome == "stopped" and (is_own or bytes(row.household_key) in homes):
            yield Ending(row.id, one.day, "stopped")
        elif one.decision.outcome == "refused" and is_own:
            yield Ending(row.id, one.day, "revoked")


def _new_rows(
    one: Decided,
    here: Sequence[Any],
    later: Mapping[tuple[str, bytes], dt.date],
    keys: Vault,
) -> tuple[list[dict[str, Any]], list[Ending]]:
    if one.decision.outcome not in WITH_AMOUNT:
        return [], []
    known = {bytes(row.person_hash): row for row in here}
    rows, endings = [], []
    for member in one.members:
        row, left = known.get(member.person_hash), later.get((one.case.scheme, member.person_hash))
        if left is not None and left > one.day:
            continue
        if row is not None and stands_against(row.as_of, row.source, one.day):
            continue
        new = _row(one, member, keys)
        if row is not None:
            if bytes(row.content_hash) == new["content_hash"] and row.case_id == one.case.id:
                continue
            endings.append(Ending(row.id, one.day, "changed"))
        rows.append(new)
    return rows, endings


def _row(one: Decided, member: Member, keys: Vault) -> dict[str, Any]:
    who, number = member.identity, one.case.number
    amount = one.decision.amount_fen
    is_known = who.id_type == "resident_id" and id_number_fault(who.id_number) is None
    born = birth_date(who.id_number) if is_known else None
    told = {"name": who.name, "id_number": who.id_number, "household_no": number, "township": ""}
    return {
        "unit_id": one.case.unit_id,
        "desk_id": one.case.desk_id,
        "scheme": one.case.scheme,
        "person_hash": member.person_hash,
        "household_key": household_key(keys, number),
        "content_hash": content_hash(keys, who.name, amount),
        "is_head": member.is_head,
        "amount_fen": amount,
        "born_month": born.year * 100 + born.month if born else 0,
        "is_male": sex(who.id_number) == Sex.MALE if is_known else None,
        "source": "decision",
        "case_id": one.case.id,
        "as_of": one.day,
        "valid_from": business_date(),
        "told": told,
    }


def _sealed(rows: Sequence[dict[str, Any]], keys: Vault) -> list[dict[str, Any]]:
    ids = take_ids(len(rows))
    sealed = keys.seal_many(TABLE, zip(ids, (row["told"] for row in rows), strict=True))
    return [
        {**{k: v for k, v in row.items() if k != "told"}, "id": id_, "sealed": box}
        for row, id_, box in zip(rows, ids, sealed, strict=True)
    ]


def _end(endings: Sequence[Ending]) -> None:
    if endings:
        values = {
            "ids": [one.id for one in endings],
            "days": [one.day for one in endings],
            "why": [one.why for one in endings],
        }
        db.session.execute(_END, {**values, "today": business_date()})
