"""个人设置: one's own password. People of units have no right on accounts, so the change runs in
a narrow transaction of its own, and only ever on the signed-in person's row."""

from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.passwords import hash_password, password_fits
from app.accounts.sign_in import SignedIn, end_other_sessions
from app.audit import service as audit
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for


def change_password(person: SignedIn, old: str, new: str) -> None:
    """Change the signed-in person's password and end their other sessions.

    Raises ``Fault("password_wrong")`` (counted on the trail first), ``Fault("password_same")`` and
    ``Fault("password_too_short")``.
    """
    who = person.actor
    if old == new:
        raise Fault("password_same")
    with acting_for(who.agency_id, "registrar"):
        mine = select(Account).where(Account.id == who.account_id).with_for_update()
        account = db.session.scalars(mine).one()
        fits = password_fits(account.password_hash, old)
        if fits:
            account.password_hash = hash_password(new)
        verb = "password.change" if fits else "password.fail"
        audit.record(who.account_id, verb, unit_id=who.unit_id)
    if not fits:
        raise Fault("password_wrong")
    end_other_sessions(person)
