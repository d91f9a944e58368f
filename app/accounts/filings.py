"""Who is filed on a day (操作规程 五(三)): asked at sign-in and before each exchange."""

import datetime as dt

from sqlalchemy import ColumnElement, or_, select

from app.accounts.filing_models import Filing
from tenants.database import db


def is_filed(account_id: int, unit_id: int, side: str, day: dt.date) -> bool:
    """Whether this person of this side (agency, unit) is filed for this unit on ``day``."""
    query = select(Filing.id).where(
        Filing.account_id == account_id,
        Filing.unit_id == unit_id,
        Filing.side == side,
        *in_force_on(day),
    )
    return db.session.scalar(select(query.exists())) or False


def in_force_on(day: dt.date) -> tuple[ColumnElement[bool], ...]:
    """The filings that hold on ``day``."""
    return (
        Filing.confirmed_by.is_not(None),
        Filing.is_void.is_(False),
        Filing.valid_from <= day,
        or_(Filing.valid_to.is_(None), Filing.valid_to >= day),
    )
