"""Reads for the pages of administration: people with roles, units, the audit trail."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account, AccountRole
from app.audit.models import AuditLink, AuditRow
from app.cases.paging import Page, Place, read_page
from app.web.formats import SHANGHAI
from tenants.agency.models import Capability, Unit
from tenants.calendar import business_date
from tenants.database import db


@dataclass(frozen=True)
class Person:
    """One account in a list; ``roles`` are those held today or later."""

    id: int
    login: str
    name: str
    kind: str
    place: str
    is_active: bool
    roles: tuple[str, ...]
    person_id: int = 0
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    is_hosted: bool = False

    @property
    def standing(self) -> str:
        """How the account stands today: closed, ended, coming or open."""
        today = business_date()
        if not self.is_active:
            return "closed"
        if self.ends_on and self.ends_on < today:
            return "ended"
        return "coming" if self.starts_on and today < self.starts_on else "open"


@dataclass(frozen=True)
class RoleEver:
    """A role with its days; ``is_over`` when they are past."""

    role: str
    valid_from: dt.date
    valid_to: dt.date | None

    @property
    def is_over(self) -> bool:
        """Whether its last day is past."""
        return self.valid_to is not None and self.valid_to < business_date()


def people(place: Place, kind: str = "", role: str = "") -> Page[Person]:
    """A page of accounts, oldest first; empty ``kind`` or ``role`` means any."""
    statement = _accounts()
    if kind:
        statement = statement.where(Account.kind == kind)
    if role:
        holders = select(AccountRole.account_id).where(AccountRole.role == role, _not_over())
        statement = statement.where(Account.id.in_(holders))
    page = read_page(statement, Account.id, place, ascending=True)
    roles = _roles_of(row.id for row in page.rows)
    return page.holding(tuple(_person(row, roles.get(row.id, ())) for row in page.rows))


def person(account_id: int) -> Person:
    """One account; ``LookupError`` when this agency has none with this id."""
    row = db.session.execute(_accounts().where(Account.id == account_id)).one_or_none()
    if row is None:
        raise LookupError(f"no account {account_id}")
    return _person(row, _roles_of([account_id]).get(account_id, ()))


def _accounts() -> Any:
    return select(
        Account.id,
        Account.login,
        Account.name,
        Account.kind,
        Account.is_active,
        Account.person_id,
        Account.starts_on,
        Account.ends_on,
        (Account.hosted_by_agency_id != 0).label("is_hosted"),
        func.coalesce(Unit.name, "").label("place"),
    ).outerjoin(
        Unit,
        and_(
            Unit.agency_id == Account.agency_id,
            Unit.id == func.coalesce(func.nullif(Account.desk_id, 0), Account.unit_id),
        ),
    )


def _person(row: Any, roles: Iterable[str]) -> Person:
    return Person(
        *(row.id, row.login, row.name, row.kind, row.place, row.is_active, tuple(roles)),
        person_id=row.person_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_hosted=row.is_hosted,
    )


def roles_ever(account_id: int) -> list[RoleEver]:
    """The roles a person has had, has, and will have, in the order of their days."""
    rows = db.session.scalars(
        select(AccountRole)
        .where(AccountRole.account_id == account_id)
        .order_by(AccountRole.valid_from, AccountRole.id)
    )
    return [RoleEver(row.role, row.valid_from, row.valid_to) for row in rows]


def others_of(known: Person) -> list[Person]:
    """The further accounts of the same person."""
    rows = db.session.execute(
        _accounts()
        .where(Account.person_id == known.person_id, Account.id != known.id)
        .order_by(Account.id)
    )
    return [_person(row, ()) for row in rows]


def _roles_of(account_ids: Iterable[int]) -> dict[int, list[str]]:
    rows = db.session.execute(
        select(AccountRole.account_id, AccountRole.role)
        .where(AccountRole.account_id.in_(list(account_ids)), _not_over())
        .order_by(AccountRole.account_id, AccountRole.role)
    )
    found: dict[int, list[str]] = {}
    for account_id, role in rows:
        found.setdefault(account_id, []).append(role)
    return found


def _not_over() -> ColumnElement[bool]:
    return or_(AccountRole.valid_to.is_(None), AccountRole.valid_to >= business_date())


@dataclass(frozen=True)
class UnitLine:
    """A unit with its department (for desks), how many people sign in for it and how many data
    items it can check (for sharing units)."""

    id: int
    kind: str
    name: str
    department: str
    category: int | None
    people: int
    items: int


def units() -> list[UnitLine]:
    """Every unit of the agency: departments, desks, sharing units."""
    day = business_date()
    department = aliased(Unit)
    place = func.coalesce(func.nullif(Account.desk_id, 0), Account.unit_id)
    people_here = select(func.count()).where(
        Account.agency_id == Unit.agency_id, place == Unit.id, Account.is_active
    )
    items = select(func.count()).where(
        Capability.agency_id == Unit.agency_id,
        Capability.unit_id == Unit.id,
        Capability.valid_from <= day,
        or_(Capability.valid_to.is_(None), Capability.valid_to >= day),
    )
    rows = db.session.execute(
        select(
            Unit.id,
            Unit.kind,
            Unit.name,
            func.coalesce(department.name, "").label("department"),
            Unit.category,
            people_here.scalar_subquery().label("people"),
            items.scalar_subquery().label("items"),
        )
        .outerjoin(
            department,
            and_(department.agency_id == Unit.agency_id, department.id == Unit.department_id),
        )
        .order_by(Unit.kind, Unit.category, Unit.id)
    )
    return [UnitLine(**row._mapping) for row in rows]


def places() -> list[tuple[int, str, str]]:
    """(id, kind, name) of every unit, for the choice of where somebody works."""
    rows = db.session.execute(select(Unit.id, Unit.kind, Unit.name).order_by(Unit.kind, Unit.id))
    return [(row.id, row.kind, row.name) for row in rows]


@dataclass(frozen=True)
class TrailFilter:
    """What of the trail to show; None and empty mean any."""

    account_id: int | None = None
    verb: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_active(self) -> bool:
        """Whether anything is filtered."""
        return self != TrailFilter()


def trail(chosen: TrailFilter, place: Place) -> Page[AuditRow]:
    """A page of the audit trail, newest first; days are Shanghai's."""
    statement = select(AuditRow)
    if chosen.account_id is not None:
        statement = statement.where(AuditRow.account_id == chosen.account_id)
    if chosen.verb:
        statement = statement.where(AuditRow.verb == chosen.verb)
    if chosen.since:
        statement = statement.where(AuditRow.at >= _midnight(chosen.since))
    if chosen.until:
        statement = statement.where(AuditRow.at < _midnight(chosen.until + dt.timedelta(days=1)))
    page = read_page(statement, AuditRow.id, place)
    return page.holding(tuple(row[0] for row in page.rows))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=SHANGHAI)


def chained() -> int:
    """How many rows the chain holds: its last position, without counting them."""
    return db.session.scalar(select(func.max(AuditLink.position))) or 0


def account_names() -> list[tuple[int, str]]:
    """(id, name and login) of every account, for the filter of the trail."""
    rows = db.session.execute(
        select(Account.id, Account.name, Account.login).order_by(Account.name, Account.id)
    )
    return [(row.id, f"{row.name} {row.login}") for row in rows]
