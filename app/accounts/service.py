"""Accounts and roles."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import insert

from app.accounts.models import Account, AccountRole
from app.accounts.passwords import hash_password
from app.accounts.permissions import may_hold_together
from tenants.database import db
from tenants.messages import Fault


def open_account(
    login: str,
    name: str,
    password: str,
    roles: Collection[str],
    *,
    kind: str = "staff",
    unit_id: int = 0,
    desk_id: int = 0,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    hosted_by: tuple[int, int] = (0, 0),
) -> int:
    """Open an account with its roles in the agency in scope; returns its id.

    ``hosted_by``: agency and account of an administrator of the agency above who serves here.

    Raises ``Fault("roles_conflict")`` where 三员分立 forbids the combination and
    ``Fault("password_too_short")``.
    """
    if not may_hold_together(roles):
        raise Fault("roles_conflict")
    row = insert(Account).values(
        login=login,
        name=name,
        kind=kind,
        unit_id=unit_id,
        desk_id=desk_id,
        password_hash=hash_password(password),
        ends_on=valid_to,
        hosted_by_agency_id=hosted_by[0],
        hosted_account_id=hosted_by[1],
    )
    account_id = db.session.execute(row.returning(Account.id)).scalar_one()
    rows = [{"account_id": account_id, "role": role, "valid_from": valid_from} for role in roles]
    if rows:
        db.session.execute(insert(AccountRole).inline(), rows)
    return account_id
