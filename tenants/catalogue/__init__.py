"""The data items of the 17 kinds of sharing unit, typed (Jilin 2017/58, art. 7)."""

from tenants.catalogue.figures import (
    amount_of,
    counted_records,
    figure_of,
    figures,
    yearly_records,
)
from tenants.catalogue.known import catalogue, is_own
from tenants.catalogue.loading import load_catalogue, national
from tenants.catalogue.model import (
    AskedOf,
    Catalogue,
    DataItem,
    Field,
    FieldType,
    Kind,
    Measure,
    MeasureName,
    Per,
    Record,
    Service,
)

__all__ = [
    "AskedOf",
    "Catalogue",
    "DataItem",
    "Field",
    "FieldType",
    "Kind",
    "Measure",
    "MeasureName",
    "Per",
    "Record",
    "Service",
    "amount_of",
    "catalogue",
    "counted_records",
    "figure_of",
    "figures",
    "is_own",
    "load_catalogue",
    "national",
    "yearly_records",
]
