"""Which loads are in force, and what can be said of each data item (desk)."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.exchange.store.models import ReturnedLoad
from app.exchange.store.rules import Held, Usable, usable
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope


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
