"""A person moves to another desk: rows stay with the desk, the history with the person.

The old account ends the day before, with its sessions; a further account of the same person
begins at the new place, with the same password. Roles there are given by the security
administrator, ahead if need be. Duties on a case are held by account, so one person has one
account at the desks of the agency for good (操作规程 五): who comes back takes that one up again.
"""

import datetime as dt

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.accounts.models import Account
from app.notices.service import To, tell
from app.people.service import belonging, other_account, record
from tenants.calendar import business_date
from tenants.database import db
from tenants.messages import Fault


def move_person(account_id: int, place: int, login: str, on: dt.date, actor: Actor) -> int:
    """Open the person's account at the new place from ``on``; the old one ends the day before.

    Raises ``Fault`` for a day that is over (``move.date``), the same place (``move.same_place``),
    an account that has ended or is hosted (``move.ended``, ``move.hosted``), a login in use
    (``login_taken``), and for a person whose account at the desks exists (``move.has_account``).
    """
    actor.must("people.manage")
    account = other_account(account_id, actor)
    if on < business_date():
        raise Fault("move.date", today=business_date())
    if account.hosted_by_agency_id:
        raise Fault("move.hosted")
    if not account.is_active or account.ends_on is not None:
        raise Fault("move.ended")
    kind, unit_id, desk_id = belonging(place)
    if (kind, unit_id, desk_id) == (account.kind, account.unit_id, account.desk_id):
        raise Fault("move.same_place")
    if db.session.scalar(select(Account.id).where(Account.login == login)):
        raise Fault("login_taken", login=login)
    if kind == "staff":
        _refuse_second_desk(account)
    row = insert(Account).values(
        person_id=account.person_id,
        login=login,
        name=account.name,
        kind=kind,
        unit_id=unit_id,
        desk_id=desk_id,
        password_hash=account.password_hash,
        starts_on=on,
    )
    moved_to = db.session.execute(row.returning(Account.id)).scalar_one()
    account.ends_on = on - dt.timedelta(days=1)
    db.session.flush()
    record(actor, "person.move", account_id, to=moved_to, first=on.isoformat())
    tell("person.moved", To(("security_administrator",)), object_id=moved_to, number=login)
    return moved_to


def _refuse_second_desk(account: Account) -> None:
    known = db.session.scalar(
        select(Account.login).where(Account.person_id == account.person_id, Account.kind == "staff")
    )
    if known is not None:
        raise Fault("move.has_account", login=known)
