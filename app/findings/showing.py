"""Typed values of a finding as pages and reports show them."""

from collections.abc import Mapping
from typing import Any

from app.findings.messages import say
from app.web.formats import money_with_unit
from tenants.catalogue import Field, FieldType, catalogue
from tenants.catalogue.limits import Limited, limits_in
from tenants.masking import mask_account


def shown_fields(item: int, fields: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(field title, value) of one finding, in the catalogue's order; sensitive ones masked."""
    asked = catalogue().item(item)
    told = tuple(
        (field.title, shown_value(field, fields[field.name]))
        for field in asked.fields
        if fields.get(field.name) is not None
    )
    limits = ((asked.field(said.field).title, shown_limit(said)) for said in limits_in(fields))
    return (*told, *limits)


def shown_limit(said: Limited) -> str:
    """What a source says that may tell no amounts: above a limit or not."""
    code = "finding.above" if said.is_above else "finding.not_above"
    return say(code, limit=money_with_unit(said.limit_fen))


def shown_value(field: Field, value: Any) -> str:
    """One value: money with its unit, dates as dates, codes by their titles."""
    if field.type is FieldType.MONEY:
        return money_with_unit(int(value))
    if field.type is FieldType.YES_NO:
        return say("finding.yes") if value else say("finding.no")
    if field.type is FieldType.CODE:
        return field.codes.get(str(value), str(value))
    if field.sensitive and field.type is FieldType.TEXT:
        return mask_account(str(value))
    return f"{value}{field.unit}" if field.unit else str(value)
