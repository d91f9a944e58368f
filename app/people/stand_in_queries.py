"""Reads for the pages of stand-ins."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Account, StandIn
from app.cases.paging import Page, Place, read_page
from tenants.calendar import business_date
from tenants.database import db


@dataclass(frozen=True)
class Listed:
    """One stand-in as the list shows it; ``state`` is coming, running, ended or over."""

    id: int
    account_id: int
    name: str
    absent_id: int
    absent_name: str
    role: str
    valid_from: dt.date
    valid_to: dt.date
    reason: str
    ended_on: dt.date | None
    state: str

    @property
    def can_end(self) -> bool:
        """Whether it is not over yet."""
        return self.state in {"coming", "running"}


def stand_ins(place: Place) -> Page[Listed]:
    """A page of the agency's stand-ins, the last filed first."""
    who, absent = aliased(Account), aliased(Account)
    query = (
        select(StandIn, who.name.label("name"), absent.name.label("absent_name"))
        .join(who, (who.agency_id == StandIn.agency_id) & (who.id == StandIn.account_id))
        .join(absent, (absent.agency_id == StandIn.agency_id) & (absent.id == StandIn.absent_id))
    )
    page = read_page(query, StandIn.id, place)
    return page.holding(tuple(_listed(row[0], row.name, row.absent_name) for row in page.rows))


def _listed(row: StandIn, name: str, absent_name: str) -> Listed:
    return Listed(
        id=row.id,
        account_id=row.account_id,
        name=name,
        absent_id=row.absent_id,
        absent_name=absent_name,
        role=row.role,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        reason=row.reason,
        ended_on=row.ended_on,
        state=_state(row, business_date()),
    )


def _state(row: StandIn, today: dt.date) -> str:
    if row.ended_on is not None:
        return "ended"
    if today < row.valid_from:
        return "coming"
    return "running" if today <= row.valid_to else "over"


def colleagues(account_id: int) -> list[tuple[int, str]]:
    """(id, name and login) of the active people who sit where this person sits."""
    here = select(Account).where(Account.id == account_id).subquery()
    rows = db.session.execute(
        select(Account.id, Account.name, Account.login)
        .join(
            here,
            (Account.agency_id == here.c.agency_id)
            & (Account.kind == here.c.kind)
            & (Account.unit_id == here.c.unit_id)
            & (Account.desk_id == here.c.desk_id),
        )
        .where(Account.id != account_id, Account.is_active)
        .order_by(Account.id)
    )
    return [(row.id, f"{row.name} {row.login}") for row in rows]
