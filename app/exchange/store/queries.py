"""What the pages of the store show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.exchange.store.held import usable_of
from app.exchange.store.models import ReturnedLoad
from app.exchange.store.rules import Usable
from tenants.catalogue import DataItem, catalogue
from tenants.database import any_of, db

PER_PAGE = 50


@dataclass(frozen=True)
class Filter:
    """Which loads a list shows; 0 and "" mean all, ``open``: those that are not over."""

    unit_id: int = 0
    item: int = 0
    show: str = "open"


@dataclass(frozen=True)
class OfItem:
    """One data item of a request: its loads in force, and what can be said of it."""

    item: DataItem
    loads: Sequence[ReturnedLoad]
    usable: Usable


def loads(chosen: Filter, before: int | None) -> list[ReturnedLoad]:
    """One page of loads, newest first, and one more if there is a next page."""
    query = select(ReturnedLoad)
    if chosen.unit_id:
        query = query.where(ReturnedLoad.unit_id == chosen.unit_id)
    if chosen.item:
        query = query.where(ReturnedLoad.item == chosen.item)
    if chosen.show == "open":
        query = query.where(ReturnedLoad.ended_why == "")
    if before:
        query = query.where(ReturnedLoad.id < before)
    return list(db.session.scalars(query.order_by(ReturnedLoad.id.desc()).limit(PER_PAGE + 1)))


def items_loaded() -> list[int]:
    """Every data item that was ever loaded."""
    query = select(ReturnedLoad.item).distinct().order_by(ReturnedLoad.item)
    return list(db.session.scalars(query))


def parts_of(unit_ids: Iterable[int]) -> list[str]:
    """The names of data sets that were used before, to be chosen again."""
    query = select(ReturnedLoad.part).where(
        ReturnedLoad.unit_id == any_of(sorted(unit_ids)), ReturnedLoad.part != ""
    )
    return list(db.session.scalars(query.distinct().order_by(ReturnedLoad.part)))


def of_request(unit_id: int, items: Mapping[int, DataItem]) -> list[OfItem]:
    """What the store holds of a request's items, of this unit."""
    can = usable_of(items, unit_id)
    query = select(ReturnedLoad).where(
        ReturnedLoad.unit_id == unit_id,
        ReturnedLoad.confirmed_at.is_not(None),
        ReturnedLoad.ended_why == "",
    )
    held = list(db.session.scalars(query.order_by(ReturnedLoad.id)))
    return [
        OfItem(catalogue().item(item), [one for one in held if one.item == item], can[item])
        for item in sorted(items)
    ]
