"""托管: a small county's administrators are people of its city, by the county's own consent.

Hierarchy gives no right to read: a hosted administrator has an account of the county, marked with
the city and bound to the person's account there, and acts in the county's scope like any other of
its administrators. It holds administrator roles only, and is shut when either side ends it.
"""

import datetime as dt

from sqlalchemy import insert, select, update

from app.accounts.actor import Actor
from app.accounts.models import Account, Hosting
from app.accounts.permissions import ADMINISTRATORS
from app.accounts.service import open_account
from app.audit import service as audit
from app.cases.lifecycle import Moved, Skip
from app.people.rules import Period
from tenants.agency.tree import parent_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for


def host_administrator(
    agency_id: int,
    host_id: int,
    their_login: str,
    *,
    login: str,
    password: str,
    role: str,
    consent: tuple[str, dt.date],
    during: Period,
) -> int:
    """Open the county's account of a city's person; needs no scope, enters both; returns its id.

    ``consent``: number and date of the county's letter that agrees. Raises ``Fault`` when the host
    is not the agency above, when it has no such person, or for any role but an administrator's.
    """
    if role not in ADMINISTRATORS:
        raise Fault("hosted_role")
    with acting_for(agency_id, read_only=True):
        parent = parent_of(agency_id, business_date())
        taken = db.session.scalar(select(Account.id).where(Account.login == login))
    if parent is None or parent.id != host_id:
        raise Fault("hosting.not_parent")
    if taken:
        raise Fault("login_taken", login=login)
    with acting_for(host_id, read_only=True):
        theirs = db.session.scalars(
            select(Account).where(
                Account.login == their_login,
                Account.kind == "staff",
                Account.is_active,
                Account.hosted_by_agency_id == 0,
            )
        ).one_or_none()
    if theirs is None:
        raise Fault("hosting.no_person", login=their_login)
    with acting_for(agency_id, "registrar"):
        _agree(host_id, consent, during)
        account_id = open_account(
            login,
            theirs.name,
            password,
            (role,),
            valid_from=during.first,
            valid_to=during.last,
            hosted_by=(host_id, theirs.id),
        )
        audit.record(0, "hosting.open", kind="account", subject_id=account_id, role=role)
    return account_id


def _agree(host_id: int, consent: tuple[str, dt.date], during: Period) -> None:
    """The county's consent, filed once for all who serve under it."""
    number, consented_on = consent
    known = select(Hosting.id).where(
        Hosting.host_agency_id == host_id,
        Hosting.consent_number == number,
        Hosting.ended_on.is_(None),
    )
    if db.session.scalar(known) is None:
        row = insert(Hosting).values(
            host_agency_id=host_id,
            consent_number=number,
            consented_on=consented_on,
            valid_from=during.first,
            valid_to=during.last,
        )
        db.session.execute(row.inline())


def end_hosting(hosting_id: int, actor: Actor) -> Moved:
    """Take the consent back: every account of that city's people here ends, sessions included."""
    actor.must("role.manage")
    row = db.session.scalars(
        select(Hosting).where(Hosting.id == hosting_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise LookupError(f"no hosting {hosting_id}")
    if row.ended_on is not None:
        return Moved((), (Skip(hosting_id, "another_state"),))
    today = business_date()
    row.ended_on, row.ended_by = today, actor.account_id
    db.session.flush()
    db.session.execute(
        update(Account)
        .where(Account.hosted_by_agency_id == row.host_agency_id)
        .values(ends_on=today - dt.timedelta(days=1))
        .execution_options(synchronize_session=False)
    )
    audit.record(actor.account_id, "hosting.end", kind="hosting", subject_id=hosting_id)
    return Moved((hosting_id,))
