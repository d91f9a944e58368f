"""Whose 保密承诺书 is in force on a day."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select

from app.accounts.undertaking_models import Undertaking
from tenants.database import any_of, db


def bound_until(account_ids: Iterable[int], day: dt.date) -> dict[int, dt.date]:
    """Account → last day of its undertaking in force on ``day``; who has none is left out."""
    query = select(Undertaking.account_id, Undertaking.valid_to).where(
        Undertaking.account_id == any_of(account_ids),
        Undertaking.valid_to >= day,
        Undertaking.valid_from <= day,
        ~Undertaking.is_void,
    )
    found: dict[int, dt.date] = {}
    for account_id, valid_to in db.session.execute(query):
        found[account_id] = max(valid_to, found.get(account_id, valid_to))
    return found
