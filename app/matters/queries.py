"""Reads of the matters' pages: lists by what is to be done, and one matter with its facts."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.cases.models import Case, Subject
from app.cases.paging import Page, Place, read_page
from app.cases.queries import Household, households
from app.findings.models import Finding
from app.findings.showing import shown_fields
from app.matters.models import Exclusion, Matter
from app.matters.telling import ExclusionTold, MatterTold, exclusions, matters
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.database import any_of, db
from tenants.vault import vault

LISTS = ("explain", "sign", "exclude", "settled")


@dataclass(frozen=True)
class MatterRow:
    """One matter of a list with its household."""

    matter: MatterTold
    household: Household


@dataclass(frozen=True)
class FoundHere:
    """One finding that a matter rests on; ``fields`` as shown, sensitive ones masked."""

    id: int
    item_title: str
    subject: str
    source: str
    as_of: dt.date
    fields: tuple[tuple[str, str], ...]


def condition(which: str) -> ColumnElement[bool]:
    """The matters of one list. Unexplained ones are to be signed once their date has passed."""
    overdue = and_(Matter.state == "open", Matter.due_on < business_date())
    proposed = select(Exclusion.matter_id).where(
        Exclusion.agency_id == Matter.agency_id,
        Exclusion.matter_id == Matter.id,
        Exclusion.state == "proposed",
    )
    lists: dict[str, ColumnElement[bool]] = {
        "explain": and_(Matter.state == "open", Matter.due_on >= business_date()),
        "sign": or_(Matter.state == "explained", overdue),
        "settled": Matter.state.in_(("signed", "excluded", "lapsed")),
    }
    return proposed.exists() if which == "exclude" else lists[which]


def of_unit(which: str) -> ColumnElement[bool]:
    """A unit's list: what its households still have to explain, and the rest."""
    return Matter.state == "open" if which == "explain" else Matter.state != "open"


def counts(conditions: dict[str, ColumnElement[bool]]) -> dict[str, int]:
    """How many matters fit each condition, in one statement."""
    columns = [func.count().filter(fits).label(name) for name, fits in conditions.items()]
    return dict(db.session.execute(select(*columns).select_from(Matter)).one()._mapping)


def rows(fits: ColumnElement[bool], place: Place) -> Page[MatterRow]:
    """One page of matters, oldest first."""
    page = read_page(
        select(Matter.id, Matter.case_id).where(fits), Matter.id, place, ascending=True
    )
    told = {m.id: m for m in matters(Matter.id == any_of([row.id for row in page.rows]))}
    cases = {row.case_id for row in page.rows}
    here = households(Case.id == any_of(cases), Place(), limit=max(len(cases), 1))
    heads = {household.id: household for household in here.rows}
    return page.holding(tuple(MatterRow(told[row.id], heads[row.case_id]) for row in page.rows))


def matter(matter_id: int) -> MatterTold:
    """One matter opened; ``LookupError`` when this scope has none such."""
    found = matters(Matter.id == matter_id)
    if not found:
        raise LookupError(f"no matter {matter_id}")
    return found[0]


def next_to_explain(matter_id: int) -> int | None:
    """The matter after this one, in the order of the list, of which nothing is said yet; after the
    last one, the first. None when this was the only one."""
    others = select(Matter.id).where(Matter.state == "open", Matter.id != matter_id)
    return db.session.scalar(others.order_by((Matter.id > matter_id).desc(), Matter.id).limit(1))


def exclusions_on(matter_id: int) -> list[ExclusionTold]:
    """Everything proposed on one matter, oldest first (the agency's staff only)."""
    return exclusions(Exclusion.matter_id == matter_id)


def found_here(told: MatterTold) -> list[FoundHere]:
    """The findings that a matter rests on, opened (the agency's staff only)."""
    keys = vault()
    rows = db.session.execute(
        select(Finding, Subject)
        .join(
            Subject,
            (Subject.agency_id == Finding.agency_id) & (Subject.id == Finding.subject_id),
        )
        .where(Finding.id == any_of(told.findings))
        .order_by(Finding.id)
    )
    return [
        FoundHere(
            id=finding.id,
            item_title=catalogue().item(finding.item).title,
            subject=str(keys.open("subject", subject.id, subject.sealed)["name"]),
            source=finding.source_name,
            as_of=finding.as_of,
            fields=shown_fields(finding.item, keys.open("finding", finding.id, finding.sealed)),
        )
        for finding, subject in rows
    ]
