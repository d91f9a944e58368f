"""核对工作公开信息: what anybody may know, out of the catalogue, the rulebook and the directory."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.public.contacts import contact
from app.public.messages import TERM_TITLES
from tenants.agency.changes import successor_of
from tenants.agency.models import Agency
from tenants.agency.tree import parent_of
from tenants.calendar import business_date
from tenants.catalogue import national
from tenants.database import db
from tenants.rulebook import Rulebook, Value, rulebook
from tenants.scope import acting_for

_HIGHEST_AGENCY = 999_999
_NOBODY = 0


@dataclass(frozen=True)
class KindAsked:
    """One of the seventeen kinds of sharing unit with what is asked of it."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """How long something takes, in working days, with its article or that it is ours."""

    title: str
    days: Value[int]


@dataclass(frozen=True)
class Information:
    """Everything of one agency's page."""

    agency: Agency
    parent: Agency | None
    successor: Agency | None
    merged_on: dt.date | None
    contact: Mapping[str, str]
    law: Rulebook
    terms: tuple[Term, ...]


def kinds_asked() -> tuple[KindAsked, ...]:
    """What can be checked, kind by kind, in the words of the nation's catalogue (第七条)."""
    known, found = national(), dict[int, list[str]]()
    for code in sorted(known.items):
        found.setdefault(known.items[code].kind, []).append(known.items[code].title)
    return tuple(KindAsked(known.kinds[kind].title, tuple(found[kind])) for kind in sorted(found))


def information(agency_id: int) -> Information:
    """The page of one agency; ``LookupError`` when there is none such."""
    if not 0 < agency_id <= _HIGHEST_AGENCY:
        raise LookupError(f"no agency {agency_id}")
    with acting_for(agency_id, "public", read_only=True):
        found = db.session.get(Agency, agency_id)
        if found is None:
            raise LookupError(f"no agency {agency_id}")
        parent, published = parent_of(agency_id, business_date()), contact()
        merged = successor_of(agency_id, business_date())
        successor = db.session.get(Agency, merged[0]) if merged else None
    law = rulebook(found.province)
    terms = tuple(Term(title, law.value(name)) for name, title in TERM_TITLES.items())
    since = merged[1] if merged else None
    return Information(found, parent, successor, since, published, law, terms)


def agencies() -> Sequence[Agency]:
    """Every agency of the directory, by code."""
    with acting_for(_NOBODY, "public", read_only=True):
        return db.session.scalars(select(Agency).order_by(Agency.id)).all()
