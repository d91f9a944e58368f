"""Who looked at one person's data at this agency, and to whom it was handed.

Each tier answers for its own trail; what was sent up is named with the letter.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, and_, or_, select

from app.accounts.messages import ROLE_TITLES
from app.accounts.models import Account, AccountRole
from app.audit.looks import LOOKS, PERSON, person_key
from app.audit.models import AuditRow
from app.cases.models import Ask, Case, Subject
from app.cases.queries import unit_names
from app.changes.models import Addition
from app.delegation.models import LetterOut
from app.exchange.models import ExchangeRequest
from app.objections.models import Objection
from app.oversight.inspections.messages import LOOK_TITLES, PURPOSES, say
from app.oversight.inspections.objects import CASES, Object
from app.oversight.inspections.population import within
from app.oversight.inspections.seen import Given, Seen
from app.report.models import Report
from tenants.agency.tree import agency
from tenants.calendar import SHANGHAI
from tenants.catalogue import catalogue
from tenants.database import any_of, db

_AMONG_MANY = {"subject_list", "entrustment", "request"}


def same_person(subject_id: int) -> list[Subject]:
    """Every row of this agency about the same person: same number, whatever the household."""
    own = select(Subject.id_hash).where(Subject.id == subject_id).scalar_subquery()
    return list(db.session.scalars(select(Subject).where(Subject.id_hash == own)))


def seen_by(people: Sequence[Subject], first: dt.date, last: dt.date) -> list[Seen]:
    """Every look at the person's data within the days, oldest first."""
    by_kind = _objects(people)
    named = {person_key(row.name_hash) for row in people}
    cases = {row.case_id for row in people}
    about = or_(
        *(
            and_(AuditRow.subject_kind == kind, AuditRow.subject_id == any_of(sorted(ids)))
            for kind, ids in by_kind.items()
            if ids
        )
    )
    query = select(AuditRow).where(about, *within(first, last), AuditRow.account_id != 0)
    rows = [
        row
        for row in db.session.scalars(query.order_by(AuditRow.at, AuditRow.id))
        if row.verb in LOOKS and _is_about(row, cases)
    ]
    places = _places(rows)
    return [_seen(row, places[row.account_id], named) for row in rows]


def _objects(people: Sequence[Subject]) -> dict[str, set[int]]:
    """Kind of object → ids that show the person."""
    subjects = sorted(row.id for row in people)
    cases = sorted({row.case_id for row in people})
    found: dict[str, set[int]] = {kind: set(cases) for kind in CASES}
    found["subject"] = set(subjects)
    found[PERSON] = {key for row in people for key in map(person_key, (row.id_hash, row.name_hash))}
    of_case = select(Case.list_id, Case.entrustment_id).where(Case.id == any_of(cases))
    for list_id, entrustment_id in db.session.execute(of_case):
        found.setdefault("subject_list", set()).add(list_id)
        found.setdefault("entrustment", set()).add(entrustment_id or 0)
    for kind, query in (
        ("report", select(Report.id).where(Report.case_id == any_of(cases))),
        ("objection", select(Objection.id).where(Objection.subject_id == any_of(subjects))),
        (
            "addition",
            select(Addition.id).where(
                Addition.case_id == any_of(cases),
                or_(Addition.subject_id == any_of(subjects), Addition.subject_id == 0),
            ),
        ),
        ("request", _asks(cases, subjects).with_only_columns(Ask.request_id)),
    ):
        found[kind] = set(db.session.scalars(query)) - {None}
    return {kind: ids - {0} for kind, ids in found.items()}


def _asks(cases: Sequence[int], subjects: Sequence[int]) -> Select[tuple[Ask]]:
    return select(Ask).where(Ask.case_id == any_of(cases), Ask.subject_id == any_of(subjects))


def _is_about(row: AuditRow, cases: Iterable[int]) -> bool:
    """Whether a print of some households of a list had this one among them."""
    named = row.detail.get("cases")
    if row.subject_kind not in _AMONG_MANY or named is None:
        return True
    return len(named) < row.detail.get("households", 0) or bool(set(named) & set(cases))


def _places(rows: Iterable[AuditRow]) -> dict[int, tuple[int, int, str]]:
    """Account → unit, desk, and the posts held on any of the days."""
    wanted = sorted({row.account_id for row in rows})
    query = select(Account.id, Account.unit_id, Account.desk_id).where(Account.id == any_of(wanted))
    roles: dict[int, dict[str, None]] = {}
    held = select(AccountRole.account_id, AccountRole.role).where(
        AccountRole.account_id == any_of(wanted)
    )
    for account_id, role in db.session.execute(held.order_by(AccountRole.id)):
        roles.setdefault(account_id, {})[ROLE_TITLES[role]] = None
    found = dict.fromkeys(wanted, (0, 0, ""))
    for id_, unit_id, desk_id in db.session.execute(query):
        found[id_] = (unit_id, desk_id, say("look_list.join").join(roles.get(id_, {})))
    return found


def _seen(row: AuditRow, place: tuple[int, int, str], named: set[int]) -> Seen:
    unit_id, desk_id, held = place
    what = LOOK_TITLES[row.verb]
    if row.subject_kind == PERSON and row.subject_id in named:
        what += say("look_list.by_name")
    return Seen(
        at=row.at.astimezone(SHANGHAI),
        place=unit_names().get(desk_id or unit_id, ""),
        post=held,
        person=row.account_id % 10**12,
        what=what,
        why=row.reason or PURPOSES[LOOKS[row.verb]],
    )


def given_away(people: Sequence[Subject], first: dt.date, last: dt.date) -> list[Given]:
    """What sharing units were handed about the person, and what was sent up, within the days."""
    subjects, cases = [row.id for row in people], sorted({row.case_id for row in people})
    asks = list(db.session.scalars(_asks(cases, subjects)))
    items: dict[Object, set[int]] = {}
    for ask in asks:
        for kind, id_ in (("request", ask.request_id), ("letter", ask.letter_id)):
            if id_:
                items.setdefault((kind, id_), set()).update(ask.items)
    names, known = unit_names(), catalogue()
    found = []
    requests = select(ExchangeRequest).where(
        ExchangeRequest.id == any_of(id_ for kind, id_ in items if kind == "request"),
        ExchangeRequest.delivered_on >= first,
        ExchangeRequest.delivered_on <= last,
    )
    for row in db.session.scalars(requests):
        titles = tuple(known.item(code).title for code in sorted(items[("request", row.id)]))
        on = row.delivered_on or first
        found.append(Given(on, names.get(row.unit_id, ""), row.number, titles))
    letters = select(LetterOut).where(
        LetterOut.id == any_of(id_ for kind, id_ in items if kind == "letter"),
        LetterOut.sent_on >= first,
        LetterOut.sent_on <= last,
    )
    for letter in db.session.scalars(letters):
        titles = tuple(known.item(code).title for code in sorted(items[("letter", letter.id)]))
        to = agency(letter.parent_id).name
        found.append(Given(letter.sent_on or first, to, letter.number, titles))
    return sorted(found, key=lambda one: (one.on, one.number))
