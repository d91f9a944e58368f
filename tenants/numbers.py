"""Numbers of entrustments, cases, requests, letters and reports: one counter per agency, kind
and year; a number is never given twice and never goes back."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from tenants.agency.messages import NUMBER_WORDS
from tenants.agency.models import Agency, Counter
from tenants.calendar import business_date
from tenants.database import db
from tenants.scope import current_scope

WIDTH = 6


def take_numbers(kind: str, count: int) -> list[str]:
    """``count`` numbers in a row, such as ``榆核 2026-11-000184``, in one statement.

    The counter's row stays locked until the transaction ends, so take numbers late.
    """
    day = business_date()
    row = insert(Counter).values(kind=kind, year=day.year, last=count)
    taken = row.on_conflict_do_update(
        index_elements=[Counter.agency_id, Counter.kind, Counter.year],
        set_={"last": Counter.last + count},
    ).returning(Counter.last)
    last = db.session.execute(taken).scalar_one()
    prefix = f"{short_name()}{NUMBER_WORDS[kind]} {day:%Y-%m}"
    return [f"{prefix}-{n:0{WIDTH}d}" for n in range(last - count + 1, last + 1)]


def order_of(number: str) -> tuple[int, ...]:
    """Year, month and count of a number: of two of one agency and kind, the later is greater."""
    return tuple(int(part) for part in number.rpartition(" ")[2].split("-"))


def short_name() -> str:
    """The short name that begins this agency's numbers."""
    agency_id = current_scope().agency_id
    return db.session.scalars(select(Agency.short_name).where(Agency.id == agency_id)).one()
