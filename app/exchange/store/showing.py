"""What a request's page shows of the store."""

from app.delegation.coverage import way_of
from app.exchange.models import ExchangeRequest
from app.exchange.packing import items_of
from app.exchange.store.queries import OfItem, of_request
from tenants.calendar import business_date


def store_side(asked: ExchangeRequest) -> list[OfItem]:
    """What the store holds of a request that it answers, or would as things stand; else nothing."""
    is_draft = asked.state == "draft"
    way = way_of(asked.unit_id, business_date()) if is_draft else asked.way
    return of_request(asked.unit_id, items_of(asked.id)) if way == "store" else []
