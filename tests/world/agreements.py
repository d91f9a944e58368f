"""保密协议 with every sharing unit of an agency, as if its two operators had recorded them."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import insert, select

from app.sharing.models import Agreement
from tenants.agency.models import Unit
from tenants.agency.tree import agency
from tenants.calendar import instant
from tenants.database import db
from tenants.scope import current_scope

ENDING: Mapping[str, dt.date] = {"吉林榆树农村商业银行": dt.date(2026, 12, 31)}
"""Units whose agreement has an end that people of the demonstration see coming."""


def agree_with_all(day: dt.date, operators: tuple[int, int]) -> None:
    """One agreement with each sharing unit of the agency in scope, from ``day`` on."""
    short = agency(current_scope().agency_id).short_name
    units = db.session.scalars(select(Unit).where(Unit.kind == "sharing").order_by(Unit.id))
    rows = [
        {
            "unit_id": unit.id,
            "number": f"{short}核协〔{day.year}〕{place}号",
            "signed_on": day,
            "valid_from": day,
            "valid_to": ENDING.get(unit.name),
            "term": "rulebook",
            "recorded_by": operators[0],
            "recorded_at": instant(),
            "confirmed_by": operators[1],
            "confirmed_at": instant(),
        }
        for place, unit in enumerate(units, start=1)
    ]
    if rows:
        db.session.execute(insert(Agreement).inline(), rows)
