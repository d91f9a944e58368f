"""Which loads are in force, and what can be said of each data item (desk)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import LargeBinary, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.exchange.store.models import ReturnedLoad, ReturnedRecord
from app.exchange.store.rules import Held, Usable, usable
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope
from tenants.vault import vault


def law() -> Rulebook:
    """The rulebook of the agency in scope."""
    return rulebook(agency(current_scope().agency_id).province)


def usable_of(items: Iterable[int], unit_id: int = 0) -> Mapping[int, Usable]:
    """Item → what its loads in force can say today; of one unit, or of whichever unit gave them."""
    wanted = sorted(set(items))
    query = select(ReturnedLoad.item, ReturnedLoad.id, ReturnedLoad.as_of).where(
        ReturnedLoad.item == any_of(wanted),
        ReturnedLoad.confirmed_at.is_not(None),
        ReturnedLoad.ended_why == "",
    )
    if unit_id:
        query = query.where(ReturnedLoad.unit_id == unit_id)
    held: dict[int, list[Held]] = {item: [] for item in wanted}
    for item, load_id, as_of in db.session.execute(query.order_by(ReturnedLoad.id)).tuples():
        held[item].append(Held(load_id, as_of))
    today, days = business_date(), law().store_fresh_days.value
    return {item: usable(found, today, days) for item, found in held.items()}


def loads_in_force(item: int) -> list[ReturnedLoad]:
    """The confirmed loads of one data item that stand, of whichever unit, old ones with them."""
    query = select(ReturnedLoad).where(
        ReturnedLoad.item == item,
        ReturnedLoad.confirmed_at.is_not(None),
        ReturnedLoad.ended_why == "",
    )
    return list(db.session.scalars(query.order_by(ReturnedLoad.id)))


def records_about(
    load_ids: Sequence[int], person_hashes: Sequence[bytes]
) -> Iterator[tuple[bytes, int, dt.date, Mapping[str, Any]]]:
    """(person, load, day, fields) of every record of these loads about these people."""
    r, keys = ReturnedRecord, vault()
    query = select(r.person_hash, r.load_id, r.as_of, r.id, r.sealed).where(
        r.load_id == any_of(load_ids),
        r.person_hash == func.any(literal(person_hashes, ARRAY(LargeBinary))),
    )
    for person, load_id, as_of, id_, sealed in db.session.execute(query).tuples():
        yield bytes(person), load_id, as_of, keys.open("returned_record", id_, sealed)
