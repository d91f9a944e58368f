"""Signing in and out. Sessions, failures and lock-outs live in PostgreSQL, under the wall."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from flask_login import UserMixin
from sqlalchemy import BigInteger, ColumnElement, and_, insert, literal, or_, select, update

from app.accounts.actor import Actor, Standing
from app.accounts.filings import is_filed
from app.accounts.models import Account, AccountRole, SignInSession, StandIn
from app.accounts.passwords import password_fits
from app.accounts.permissions import ADMINISTRATORS, may_hold_together, permissions_of
from app.audit import service as audit
from tenants.agency.changes import agency_coded
from tenants.calendar import business_date, instant
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import DatabaseRole, Scope, acting_for

FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = dt.timedelta(minutes=15)
IDLE_FOR = dt.timedelta(minutes=30)
LASTS_FOR = dt.timedelta(hours=12)

_DATABASE_ROLES: dict[str, DatabaseRole] = {
    "staff": "desk",
    "department": "commissioner",
    "desk": "township",
    "liaison": "liaison",
}


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The signed-in person of this request, as Flask-Login wants to see it."""

    actor: Actor
    database_role: DatabaseRole
    cookie: str

    def get_id(self) -> str:
        return self.cookie

    def scope(self, *, read_only: bool) -> Scope:
        """The scope that this person's requests run in."""
        who = self.actor
        return Scope(self.database_role, who.agency_id, who.unit_id, who.desk_id, read_only)


def sign_in(agency_id: int, login: str, password: str) -> SignedIn:
    """Check a password and open a session.

    Raises ``Fault("sign_in_failed")`` without saying which of the three was wrong, and
    ``Fault("sign_in_locked")`` while the account is locked. A failure is counted and committed
    before it is told. ``agency_id`` may be a national code that the agency got later.
    """
    with acting_for(0, "public", read_only=True):
        agency_id = agency_coded(agency_id, business_date())
    with acting_for(agency_id, "public"):
        account = db.session.scalar(select(Account).where(Account.login == login).with_for_update())
        fault = _judge(account, password)
        signed_in = None if fault or account is None else _open_session(account)
    if fault or signed_in is None:
        raise fault or Fault("sign_in_failed")
    return signed_in


def _judge(account: Account | None, password: str) -> Fault | None:
    now = instant()
    if account is not None and account.locked_until and account.locked_until > now:
        return Fault("sign_in_locked", minutes=int(LOCKED_FOR.total_seconds() // 60))
    fits = password_fits(account.password_hash if account else None, password)
    if account is None:
        return Fault("sign_in_failed")
    if fits and _can_be_used(account):
        account.failed_count = 0
        return None
    if fits and _is_open(account):
        return Fault("sign_in_not_filed")
    account.failed_count += 1
    if account.failed_count >= FAILURES_BEFORE_LOCK:
        account.failed_count, account.locked_until = 0, now + LOCKED_FOR
    audit.record(account.id, "sign_in.fail", unit_id=account.unit_id)
    return Fault("sign_in_failed")


def _can_be_used(account: Account) -> bool:
    """Whether the account is open today, and a unit's liaison filed with the agency
    (操作规程 五(三)): the old login ends on the day on which the new one begins."""
    if not _is_open(account):
        return False
    is_liaison = account.kind == "liaison"
    return not is_liaison or is_filed(account.id, account.unit_id, "unit", business_date())


def _is_open(account: Account) -> bool:
    """Whether the account is open today; that of a hosted administrator only while their own
    agency keeps them."""
    today = business_date()
    if not account.is_active or (account.starts_on and today < account.starts_on):
        return False
    if account.ends_on and account.ends_on < today:
        return False
    if not account.hosted_by_agency_id:
        return True
    with acting_for(account.hosted_by_agency_id, "public", read_only=True):
        own = db.session.scalar(select(Account).where(Account.id == account.hosted_account_id))
        return own is not None and not own.hosted_by_agency_id and _can_be_used(own)


def _open_session(account: Account) -> SignedIn:
    token, now = secrets.token_urlsafe(32), instant()
    db.session.execute(
        insert(SignInSession)
        .values(account_id=account.id, token_hash=_hash(token), started_at=now, seen_at=now)
        .inline()
    )
    audit.record(account.id, "sign_in", unit_id=account.unit_id)
    return _signed_in(account, f"{account.agency_id}.{token}")


def resume(cookie: str) -> SignedIn | None:
    """The person of a session cookie (``agency.token``), or None when it is over or unknown."""
    agency, _, token = cookie.partition(".")
    if not (agency.isascii() and agency.isdigit() and len(agency) < 10):
        return None
    now = instant()
    with acting_for(int(agency), "public"):
        found = db.session.execute(
            select(SignInSession, Account)
            .join(
                Account,
                (Account.agency_id == SignInSession.agency_id)
                & (Account.id == SignInSession.account_id),
            )
            .where(
                SignInSession.token_hash == _hash(token),
                SignInSession.ended_at.is_(None),
                SignInSession.seen_at > now - IDLE_FOR,
                SignInSession.started_at > now - LASTS_FOR,
            )
        ).first()
        if found is None:
            return None
        session, account = found
        if not _can_be_used(account):
            return None
        if session.seen_at < now - dt.timedelta(minutes=1):
            session.seen_at = now
        return _signed_in(account, cookie)


def person_today(account_id: int) -> SignedIn | None:
    """A person with the roles that they hold today, for work done on their behalf while they are
    elsewhere; None when the account is closed or gone. No session is opened."""
    account = db.session.scalar(select(Account).where(Account.id == account_id))
    if account is None or not _can_be_used(account):
        return None
    return _signed_in(account, "")


def sign_out(signed_in: SignedIn) -> None:
    """End the session; its cookie opens nothing any more."""
    token = signed_in.cookie.partition(".")[2]
    with acting_for(signed_in.actor.agency_id, "public"):
        db.session.execute(
            update(SignInSession)
            .where(SignInSession.token_hash == _hash(token))
            .values(ended_at=instant())
        )
        audit.record(signed_in.actor.account_id, "sign_out", unit_id=signed_in.actor.unit_id)


def end_other_sessions(signed_in: SignedIn) -> None:
    """End every session of the person but this one, as after a change of password."""
    who, token = signed_in.actor, signed_in.cookie.partition(".")[2]
    end_sessions(who.agency_id, who.account_id, but=_hash(token))


def end_sessions(agency_id: int, account_id: int, *, but: bytes = b"") -> None:
    """End every open session of an account but the one with this token's hash, at once."""
    with acting_for(agency_id, "public"):
        db.session.execute(
            update(SignInSession)
            .where(
                SignInSession.account_id == account_id,
                SignInSession.token_hash != but,
                SignInSession.ended_at.is_(None),
            )
            .values(ended_at=instant())
        )


def _signed_in(account: Account, cookie: str) -> SignedIn:
    own, standing = _held_on(account.id, business_date())
    if account.hosted_by_agency_id:
        own, standing = own & ADMINISTRATORS, ()
    roles = own | {stood.role for stood in standing}
    actor = Actor(
        account_id=account.id,
        name=account.name,
        agency_id=account.agency_id,
        unit_id=account.unit_id,
        desk_id=account.desk_id,
        roles=roles,
        permissions=permissions_of(roles),
        standing=standing,
    )
    return SignedIn(actor, _DATABASE_ROLES[account.kind], cookie)


def _held_on(account_id: int, day: dt.date) -> tuple[frozenset[str], tuple[Standing, ...]]:
    """The roles a person holds on a day, and those in which they stand in for somebody.

    A stand-in has what the absent person has on that day, and nothing that 三员分立 keeps apart
    from the own roles, whatever was filed.
    """
    held = select(
        AccountRole.role, literal(0, BigInteger).label("absent_id"), literal("").label("name")
    ).where(AccountRole.account_id == account_id, _holds_on(day))
    stood = (
        select(StandIn.role, StandIn.absent_id, Account.name)
        .join(Account, (Account.agency_id == StandIn.agency_id) & (Account.id == StandIn.absent_id))
        .join(
            AccountRole,
            (AccountRole.agency_id == StandIn.agency_id)
            & (AccountRole.account_id == StandIn.absent_id)
            & (AccountRole.role == StandIn.role),
        )
        .where(StandIn.account_id == account_id, StandIn.ended_on.is_(None), _holds_on(day))
        .where(StandIn.valid_from <= day, StandIn.valid_to >= day)
        .distinct()
    )
    rows = db.session.execute(held.union_all(stood)).all()
    own = frozenset(row.role for row in rows if row.absent_id == 0)
    standing = tuple(
        Standing(row.absent_id, row.name, row.role)
        for row in rows
        if row.absent_id and row.role not in own
    )
    fitting = may_hold_together(own | {stood.role for stood in standing})
    return own, standing if fitting else ()


def _holds_on(day: dt.date) -> ColumnElement[bool]:
    return and_(
        AccountRole.valid_from <= day,
        or_(AccountRole.valid_to.is_(None), AccountRole.valid_to >= day),
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
