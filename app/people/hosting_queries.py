"""Reads for the page of hosted administrators."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.accounts.models import Account, AccountRole, Hosting
from tenants.agency.models import Agency
from tenants.calendar import business_date
from tenants.database import db


@dataclass(frozen=True)
class Served:
    """One account of a hosted administrator."""

    id: int
    name: str
    login: str
    roles: tuple[str, ...]
    ends_on: dt.date | None


@dataclass(frozen=True)
class Hosted:
    """One consent, the city that serves under it, and who does; ``state`` is running or over."""

    id: int
    host: str
    consent_number: str
    consented_on: dt.date
    valid_from: dt.date
    valid_to: dt.date | None
    ended_on: dt.date | None
    people: Sequence[Served]

    @property
    def is_running(self) -> bool:
        """Whether it holds today."""
        is_over = self.valid_to is not None and self.valid_to < business_date()
        return self.ended_on is None and not is_over


def hostings() -> list[Hosted]:
    """The consents of this agency, the newest first, with the people of each host."""
    people = _people()
    rows = db.session.execute(
        select(Hosting, Agency.name)
        .join(Agency, Agency.id == Hosting.host_agency_id)
        .order_by(Hosting.id.desc())
    )
    return [
        Hosted(
            id=row.id,
            host=name,
            consent_number=row.consent_number,
            consented_on=row.consented_on,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            ended_on=row.ended_on,
            people=people.get(row.host_agency_id, ()),
        )
        for row, name in rows
    ]


def _people() -> dict[int, list[Served]]:
    rows = db.session.execute(
        select(Account, func.array_agg(AccountRole.role.distinct()))
        .join(
            AccountRole,
            (AccountRole.agency_id == Account.agency_id) & (AccountRole.account_id == Account.id),
        )
        .where(Account.hosted_by_agency_id != 0)
        .group_by(Account.agency_id, Account.id)
        .order_by(Account.id)
    )
    found: dict[int, list[Served]] = {}
    for account, roles in rows:
        served = Served(account.id, account.name, account.login, tuple(roles), account.ends_on)
        found.setdefault(account.hosted_by_agency_id, []).append(served)
    return found
