"""Reads for the pages of the inspections: lists, one inspection, one item, one's own."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.people import names_of
from app.cases.paging import Page, Place, read_page
from app.cases.queries import unit_names
from app.oversight.inspections.models import Inspection, InspectionItem, InspectionWord
from tenants.database import db
from tenants.vault import vault


@dataclass(frozen=True)
class Line:
    """One item, with who acted (empty for the system), where they work, and the other unit."""

    item: InspectionItem
    who: str
    place: str
    unit: str


@dataclass(frozen=True)
class Said:
    """One thing said about an item."""

    kind: str
    said_on: dt.date
    name: str
    words: str


def inspections(place: Place) -> Page[Inspection]:
    """The agency's inspections, newest first."""
    page = read_page(select(Inspection), Inspection.id, place)
    return page.holding(tuple(row[0] for row in page.rows))


def counts(inspection_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Inspection → state or verdict → items. A judged item counts under its verdict."""
    column = func.coalesce(func.nullif(InspectionItem.verdict, ""), InspectionItem.state)
    query = select(InspectionItem.inspection_id, column, func.count()).where(
        InspectionItem.inspection_id.in_(list(inspection_ids))
    )
    found: dict[int, dict[str, int]] = {}
    for id_, what, count in db.session.execute(
        query.group_by(InspectionItem.inspection_id, column)
    ):
        found.setdefault(id_, {})[what] = count
    return found


def items(inspection_id: int, which: str, place: Place) -> Page[Line]:
    """Items of one inspection; ``which``: open, flagged, judged or empty for all."""
    query = select(InspectionItem).where(InspectionItem.inspection_id == inspection_id)
    if which == "open":
        query = query.where(InspectionItem.state != "judged")
    elif which == "judged":
        query = query.where(InspectionItem.state == "judged")
    elif which == "flagged":
        query = query.where(func.cardinality(InspectionItem.flags) > 0)
    page = read_page(query, InspectionItem.id, place, ascending=True)
    return page.holding(tuple(lines([row[0] for row in page.rows])))


def all_items(inspection_id: int) -> list[Line]:
    """Every item, for the report."""
    query = select(InspectionItem).where(InspectionItem.inspection_id == inspection_id)
    return lines(list(db.session.scalars(query.order_by(InspectionItem.id))))


def lines(rows: Sequence[InspectionItem]) -> list[Line]:
    """Items with the names they are shown with."""
    names, units = names_of(row.account_id for row in rows), unit_names()
    return [
        Line(
            row,
            names.get(row.account_id, ""),
            units.get(row.desk_id or row.unit_id, ""),
            units.get(row.source_unit_id, ""),
        )
        for row in rows
    ]


def said_about(item_ids: Sequence[int]) -> dict[int, list[Said]]:
    """Item → what was said about it, oldest first; the words of these rows only are opened."""
    query = select(InspectionWord).where(InspectionWord.item_id.in_(list(item_ids)))
    rows = list(db.session.scalars(query.order_by(InspectionWord.id)))
    names, keys = names_of(row.account_id for row in rows), vault()
    found: dict[int, list[Said]] = {}
    for row in rows:
        words = keys.open("inspection_word", row.id, row.sealed)["words"]
        said = Said(row.kind, row.said_on, names.get(row.account_id, ""), words)
        found.setdefault(row.item_id, []).append(said)
    return found


def asked_of(account_id: int) -> list[InspectionItem]:
    """What somebody was asked about, what waits first."""
    query = select(InspectionItem).where(
        InspectionItem.account_id == account_id, InspectionItem.due_on.is_not(None)
    )
    waits = InspectionItem.state == "asked"
    return list(
        db.session.scalars(query.order_by(waits.desc(), InspectionItem.id.desc()).limit(100))
    )


def is_own(item: InspectionItem, account_id: int) -> bool:
    """Whether who looks at the page is who acted, under this or another account."""
    if not item.account_id:
        return False
    query = select(Account.person_id).where(Account.id.in_((item.account_id, account_id)))
    people = list(db.session.scalars(query))
    return item.account_id == account_id or len(people) == 2 and len(set(people)) == 1
