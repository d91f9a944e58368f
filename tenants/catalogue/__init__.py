"""The data items of the 17 kinds of sharing unit, typed (Jilin 2017/58, art. 7)."""

from tenants.catalogue.figures import figure_of, figures
from tenants.catalogue.loading import catalogue, load_catalogue
from tenants.catalogue.model import (
    Catalogue,
    DataItem,
    Field,
    FieldType,
    Kind,
    Measure,
    MeasureName,
    Record,
    Service,
)

__all__ = [
    "Catalogue",
    "DataItem",
    "Field",
    "FieldType",
    "Kind",
    "Measure",
    "MeasureName",
    "Record",
    "Service",
    "catalogue",
    "figure_of",
    "figures",
    "load_catalogue",
]
