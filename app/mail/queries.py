"""Reads about e-mail: one's own, everybody's for the security administrator, the switch."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.cases.paging import Page, Place, read_page
from app.mail.models import Mail, MailPreference, MailSwitch
from app.mail.rules import NOTHING
from tenants.database import db
from tenants.vault import vault


def preference(account_id: int, *, lock: bool = False) -> MailPreference | None:
    """What one person agreed to, if they ever did."""
    query = select(MailPreference).where(MailPreference.account_id == account_id)
    return db.session.scalars(query.with_for_update() if lock else query).one_or_none()


def address_of(kept: MailPreference | None) -> str:
    """The address in it; empty without consent."""
    if kept is None or not kept.address_sealed:
        return ""
    return str(vault().open("mail_preference", kept.id, kept.address_sealed)["address"])


def is_on() -> bool:
    """Whether this agency lets e-mail go out."""
    return db.session.scalar(select(MailSwitch.is_on)) is not False


def standing_of(mail: Mail) -> str:
    """How far an e-mail is: a key of ``STATES``."""
    if mail.sent_at:
        return "sent"
    if mail.given_up_at:
        return "given_up"
    if mail.dropped_at:
        return "dropped"
    return "again" if mail.attempts else "waiting"


@dataclass(frozen=True)
class Reached:
    """One person who wants e-mail: where to, and what became of the last one."""

    id: int
    account_id: int
    name: str
    login: str
    address: str
    wants: str
    is_confirmed: bool
    is_refused: bool
    last: Mail | None

    @property
    def standing(self) -> str:
        """How far the last e-mail is; empty when none was made."""
        return standing_of(self.last) if self.last else ""

    @property
    def last_at(self) -> dt.datetime | None:
        """When it was last tried."""
        return self.last.tried_at if self.last else None


def reached(place: Place) -> Page[Reached]:
    """A page of the people who want e-mail, with their last one, oldest first."""
    newest = (
        select(Mail)
        .where(
            Mail.agency_id == MailPreference.agency_id, Mail.account_id == MailPreference.account_id
        )
        .order_by(Mail.id.desc())
        .limit(1)
        .lateral()
    )
    last = aliased(Mail, newest)
    statement = (
        select(MailPreference.id, MailPreference, Account.name, Account.login, last)
        .join(
            Account,
            (Account.agency_id == MailPreference.agency_id)
            & (Account.id == MailPreference.account_id),
        )
        .outerjoin(last, newest.c.id.is_not(None))
        .where(MailPreference.wants != NOTHING)
    )
    page = read_page(statement, MailPreference.id, place, ascending=True)
    return page.holding(tuple(_reached(*row[1:]) for row in page.rows))


def _reached(kept: MailPreference, name: str, login: str, last: Any) -> Reached:
    return Reached(
        kept.id,
        kept.account_id,
        name,
        login,
        address_of(kept),
        kept.wants,
        kept.confirmed_at is not None,
        kept.refused_at is not None,
        last,
    )
