"""What is inspected: every audited look of a period, or what was shared with units in it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from app.accounts.models import Account
from app.audit.looks import LOOKS, person_key
from app.audit.models import AuditRow
from app.cases.models import CaseDuty, Event, Subject
from app.oversight.inspections.models import Inspection, Recusal
from app.oversight.inspections.objects import about
from app.oversight.inspections.rules import Known, Look
from tenants.calendar import SHANGHAI
from tenants.database import any_of, db


@dataclass(frozen=True)
class Population:
    """Every look of a period, and what is known of those who looked."""

    looks: Sequence[Look]
    known: Known


def midnight(day: dt.date) -> dt.datetime:
    """When a day begins in Shanghai."""
    return dt.datetime.combine(day, dt.time(), tzinfo=SHANGHAI)


def within(first: dt.date, last: dt.date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Rows of the trail from the first day to the end of the last one."""
    return AuditRow.at >= midnight(first), AuditRow.at < midnight(last + dt.timedelta(days=1))


def looks_of(inspection: Inspection) -> Population:
    """Every look of the period by a person, and what is known of those who looked."""
    rows = db.session.execute(
        select(
            *(AuditRow.id, AuditRow.at, AuditRow.account_id, AuditRow.verb),
            *(AuditRow.subject_kind, AuditRow.subject_id, AuditRow.reason),
        )
        .where(*within(inspection.first_on, inspection.last_on))
        .where(AuditRow.verb.in_(list(LOOKS)), AuditRow.account_id != 0)
        .order_by(AuditRow.at, AuditRow.id)
    ).all()
    known = about((row.subject_kind, row.subject_id) for row in rows)
    looks = []
    for row in rows:
        shown = known.get((row.subject_kind, row.subject_id))
        cases = frozenset({shown.case_id}) if shown and shown.case_id else frozenset[int]()
        people = shown.people if shown else frozenset[int]()
        looks.append(
            Look(
                id=row.id,
                at=row.at,
                account_id=row.account_id,
                verb=row.verb,
                kind=row.subject_kind,
                object_id=row.subject_id,
                reason=row.reason,
                cases=cases,
                people=people,
            )
        )
    cases_seen = {case_id for look in looks for case_id in look.cases}
    return Population(looks, known_of(cases_seen))


def known_of(case_ids: Iterable[int]) -> Known:
    """Who everybody here is, and who had a part in these households."""
    people = db.session.execute(select(Account.id, Account.person_id, Account.unit_id)).all()
    human_of = {row.id: row.person_id for row in people}
    own, kin = recusals(human_of)
    return Known(
        human_of=human_of,
        own=own,
        kin=kin,
        took_part=_took_part(sorted(case_ids)),
        staff=frozenset(row.id for row in people if row.unit_id == 0),
    )


def recusals(
    human_of: Mapping[int, int],
) -> tuple[dict[int, frozenset[int]], dict[int, frozenset[int]]]:
    """Person → keys of their own number; person → keys of their relatives: those they named, and
    everybody of the households that they are a member of themselves."""
    rows = db.session.execute(
        select(Recusal.account_id, Recusal.relation, Recusal.id_hash).where(
            Recusal.ended_on.is_(None)
        )
    ).all()
    own, kin = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    owners: dict[bytes, int] = {}
    for row in rows:
        human = human_of.get(row.account_id, row.account_id)
        (own if row.relation == "self" else kin)[human].add(person_key(row.id_hash))
        if row.relation == "self":
            owners[row.id_hash] = human
    for human, digest in _families(owners):
        kin[human].add(person_key(digest))
    return _frozen(own), _frozen(kin)


def _families(owners: Mapping[bytes, int]) -> Iterable[tuple[int, bytes]]:
    """Everybody who is in one household with somebody who works here."""
    if not owners:
        return
    mine = dict[int, set[int]]()
    query = select(Subject.case_id, Subject.id_hash).where(
        or_(*(Subject.id_hash == digest for digest in owners))
    )
    for case_id, digest in db.session.execute(query):
        mine.setdefault(case_id, set()).add(owners[digest])
    others = select(Subject.case_id, Subject.id_hash).where(Subject.case_id == any_of(mine))
    for case_id, digest in db.session.execute(others):
        yield from ((human, digest) for human in mine[case_id])


def _took_part(case_ids: Sequence[int]) -> frozenset[tuple[int, int]]:
    duties = select(CaseDuty.case_id, CaseDuty.account_id).where(
        CaseDuty.case_id == any_of(case_ids)
    )
    events = select(Event.object_id, Event.account_id).where(
        Event.machine == "case", Event.object_id == any_of(case_ids)
    )
    found = db.session.execute(duties.union(events))
    return frozenset((case_id, account_id) for case_id, account_id in found)


def _frozen(found: Mapping[int, set[int]]) -> dict[int, frozenset[int]]:
    return {human: frozenset(keys) for human, keys in found.items()}
