"""People of the agency: a system administrator opens accounts, a security administrator gives
roles, and nobody acts on themselves (三员分立)."""

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, insert, or_, select, update

from app.accounts.actor import Actor
from app.accounts.models import STAFF_ROLES, Account, AccountRole
from app.accounts.passwords import hash_password
from app.accounts.permissions import ADMINISTRATORS
from app.accounts.service import open_account
from app.accounts.sign_in import end_sessions
from app.audit import service as audit
from app.cases.lifecycle import Moved, Skip
from app.notices.service import To, tell
from app.people.rules import Period, RoleHeld, judge_role
from app.people.standing import not_over
from tenants.agency.models import Unit
from tenants.calendar import business_date
from tenants.database import db
from tenants.messages import Fault
from tenants.rulebook.model import HUMAN_RESOURCES

KIND_OF_UNIT = {"commissioning": "department", "intake_desk": "desk", "sharing": "liaison"}
"""The kind of account that belongs to each kind of unit."""

ROLES_OF_KIND: dict[str, tuple[str, ...]] = {
    "staff": STAFF_ROLES,
    "department": ("department_clerk",),
    "desk": ("desk_clerk",),
    "liaison": ("liaison", "joint_determiner"),
}
"""Which roles a person of each kind can be given."""


def roles_for(kind: str, is_hosted: bool) -> tuple[str, ...]:
    """The roles that a person of a kind can be given; of a hosted one, the administrators'."""
    roles = ROLES_OF_KIND[kind]
    return tuple(role for role in roles if role in ADMINISTRATORS) if is_hosted else roles


def open_person(login: str, name: str, password: str, place: int, actor: Actor) -> int:
    """Open an account without any role at the agency (``place`` 0) or at one of its units.

    Raises ``Fault("login_taken")``, ``Fault("password_too_short")``, and ``LookupError`` for a
    unit that this agency does not have.
    """
    actor.must("people.manage")
    if db.session.scalar(select(Account.id).where(Account.login == login)):
        raise Fault("login_taken", login=login)
    kind, unit_id, desk_id = belonging(place)
    account_id = open_account(
        login,
        name,
        password,
        (),
        kind=kind,
        unit_id=unit_id,
        desk_id=desk_id,
        valid_from=business_date(),
    )
    record(actor, "person.open", account_id)
    tell("person.opened", To(("security_administrator",)), object_id=account_id, number=login)
    return account_id


def belonging(place: int) -> tuple[str, int, int]:
    """Account kind, unit and desk of a place (0: the agency itself); ``LookupError`` if none."""
    if place == 0:
        return "staff", 0, 0
    unit = db.session.scalars(select(Unit).where(Unit.id == place)).one_or_none()
    if unit is None:
        raise LookupError(f"no unit {place}")
    kind = KIND_OF_UNIT[unit.kind]
    return (kind, unit.department_id or 0, unit.id) if kind == "desk" else (kind, unit.id, 0)


def set_active(account_id: int, is_active: bool, actor: Actor) -> Moved:
    """Let a person sign in again, or stop it at once, open sessions included."""
    actor.must("people.manage")
    account = other_account(account_id, actor)
    has_ended = account.ends_on is not None and account.ends_on < business_date()
    if account.is_active == is_active and not (is_active and has_ended):
        return Moved((), (Skip(account_id, "another_state"),))
    if is_active and has_ended:
        if account.hosted_by_agency_id:
            raise Fault("hosting_ended")
        account.ends_on = None
    account.is_active = is_active
    db.session.flush()
    record(actor, "person.enable" if is_active else "person.disable", account_id)
    return Moved((account_id,))


def set_password(account_id: int, password: str, actor: Actor) -> Moved:
    """Give a person who forgot theirs a new password, lift a lock-out, and end what is open."""
    actor.must("people.manage")
    account = other_account(account_id, actor)
    account.password_hash = hash_password(password)
    account.failed_count, account.locked_until = 0, None
    db.session.flush()
    end_sessions(actor.agency_id, account_id)
    record(actor, "person.set_password", account_id)
    return Moved((account_id,))


def give_role(account_id: int, role: str, actor: Actor, during: Period | None = None) -> Moved:
    """Give a person a role from today on, or within the days filed ahead.

    Raises ``Fault("role_of_another_kind")`` for a role that such a person cannot have, and the
    ``Fault`` of ``judge_role``.
    """
    actor.must("role.manage")
    account, today = other_account(account_id, actor), business_date()
    during = during or Period(today)
    if role not in ROLES_OF_KIND[account.kind] or not _fits_unit(role, account.unit_id):
        raise Fault("role_of_another_kind")
    held = _held(account_id)
    if any(other.role == role and other.during.meets(during) for other in held):
        return Moved((), (Skip(account_id, "another_state"),))
    stood_in = [RoleHeld(filed.role, filed.during) for filed in not_over(account_id)]
    is_hosted = account.hosted_by_agency_id != 0
    judge_role(role, during, [*held, *stood_in], today=today, is_hosted=is_hosted)
    row = insert(AccountRole).values(
        account_id=account_id, role=role, valid_from=during.first, valid_to=during.last
    )
    db.session.execute(row.inline())
    record(actor, "role.give", account_id, role=role, first=during.first.isoformat())
    return Moved((account_id,))


def _fits_unit(role: str, unit_id: int) -> bool:
    """Together with civil affairs decides human resources, and no other unit."""
    if role != "joint_determiner":
        return True
    category = select(Unit.category).where(Unit.id == unit_id)
    return db.session.scalar(category) == HUMAN_RESOURCES


def end_role(account_id: int, role: str, actor: Actor, last: dt.date | None = None) -> Moved:
    """Take a role from a person: yesterday was its last day, or ``last`` will be.

    Raises ``Fault("role_dates")`` for a last day that is over.
    """
    actor.must("role.manage")
    other_account(account_id, actor)
    today = business_date()
    if last is not None and last < today:
        raise Fault("role_dates", today=today)
    if role not in {held.role for held in _held(account_id)}:
        return Moved((), (Skip(account_id, "another_state"),))
    last = last or today - dt.timedelta(days=1)
    db.session.execute(
        update(AccountRole)
        .where(AccountRole.account_id == account_id, AccountRole.role == role, _not_over())
        .values(valid_to=last)
        .execution_options(synchronize_session=False)
    )
    record(actor, "role.end", account_id, role=role, last=last.isoformat())
    return Moved((account_id,))


def _held(account_id: int) -> list[RoleHeld]:
    """Roles that the person holds today or will hold, with their days."""
    held = select(AccountRole).where(AccountRole.account_id == account_id, _not_over())
    return [
        RoleHeld(row.role, Period(row.valid_from, row.valid_to)) for row in db.session.scalars(held)
    ]


def _not_over() -> ColumnElement[bool]:
    return or_(AccountRole.valid_to.is_(None), AccountRole.valid_to >= business_date())


def other_account(account_id: int, actor: Actor) -> Account:
    """The account, locked. ``Fault("not_oneself")`` for one's own, ``LookupError`` if none."""
    if account_id == actor.account_id:
        raise Fault("not_oneself")
    found = db.session.scalars(
        select(Account).where(Account.id == account_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise LookupError(f"no account {account_id}")
    return found


def record(actor: Actor, verb: str, account_id: int, **detail: Any) -> None:
    audit.record(actor.account_id, verb, kind="account", subject_id=account_id, **detail)
