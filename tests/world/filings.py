"""互相备案 of everybody who exchanges data, as if two operators had filed them."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import insert, select

from app.accounts.filing_models import Filing
from app.accounts.models import Account, AccountRole
from tenants.agency.models import Unit
from tenants.calendar import instant
from tenants.database import db


def file_everybody(day: dt.date, operators: Iterable[int] = (), only: Iterable[int] = ()) -> None:
    """Every operator of the agency in scope with each of its sharing units, and each unit's liaisons
    with the agency, from ``day`` on; ``operators``: those who have no account; ``only``: with these units."""
    holds = select(AccountRole.account_id).where(AccountRole.role == "exchange_operator")
    names = dict(db.session.execute(select(Account.id, Account.name)).tuples().all())
    acting = sorted({*db.session.scalars(holds), *operators})
    liaisons = db.session.execute(
        select(Account.unit_id, Account.id).where(Account.kind == "liaison")
    ).all()
    units = db.session.scalars(select(Unit.id).where(Unit.kind == "sharing").order_by(Unit.id))
    chosen = {*only}
    filed = [(unit, "agency", who) for unit in units for who in acting]
    filed += [(unit, "unit", who) for unit, who in liaisons]
    filed = [row for row in filed if not chosen or row[0] in chosen]
    rows = [
        {
            "unit_id": unit,
            "side": side,
            "account_id": who,
            "name": names.get(who, str(who)),
            "letter_number": "备案函1号",
            "valid_from": day,
            # Nobody confirms their own filing.
            "filed_by": acting[1] if who != acting[0] else acting[0],
            "filed_at": instant(),
            "confirmed_by": acting[0] if who != acting[0] else acting[1],
            "confirmed_at": instant(),
        }
        for unit, side, who in filed
    ]
    if rows:
        db.session.execute(insert(Filing).inline(), rows)
